import { AxeBuilder } from '@axe-core/playwright';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { LARGE, SMALL, tabTo } from '../packages/web/tests/watched-window.ts';
import { openAdminPage } from './setup/admin-page.ts';
import { HEARING_LIMIT_MS } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { writeManyCalls } from './setup/many-calls.ts';
import { summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const COUNTER = '0725000211';
const SECOND = '0725000212';
const THIRD = '0725000213';
const CALLER = { number: '09000000211', shown: '090-0000-0211' };
const IN_PROGRESS = 40;

let under: HouseUnderTest;
let browser: Browser;

beforeAll(async () => {
  [under, browser] = await Promise.all([startHouseUnderTest(), launchBrowser()]);
  const { db } = under.database;
  await under.serve(
    COUNTER,
    oneFlow('counter', {
      first: sayMarker(0, 'staff'),
      staff: {
        kind: 'transfer',
        title: '職員へ転送',
        to: '0725009211',
        ringTimeoutMs: 20_000,
        record: true,
        announcement: { type: 'audio', audioId: 'marker2', transcript: '通話を録音します。' },
        givesRecordingNotice: true,
        next: { busy: 'end', unanswered: 'end', failed: 'end', ended: 'end' },
      },
      end: END,
    }),
  );
  for (const [number, id] of [
    [SECOND, 'second'],
    [THIRD, 'third'],
  ] as const) {
    await under.serve(number, oneFlow(id, { first: sayMarker(1, 'end'), end: END }));
  }
  await writeManyCalls(db, [COUNTER, SECOND, THIRD], {
    count: 300,
    inProgress: IN_PROGRESS,
    nowMs: Date.now(),
  });

  const staffCall = Promise.withResolvers<IncomingCall>();
  under.staff.onIncoming(async (call) => {
    await call.answer();
    staffCall.resolve(call);
  });
  const call = await under.call(COUNTER, CALLER.number);
  const staff = await staffCall.promise;
  void staff.play({ marker: 20 });
  await call.waitForTone({ marker: 20 }, { timeoutMs: HEARING_LIMIT_MS });
  await staff.hangUp();
  await call.ended;
  const { call_id } = await summaryOf(db, call.sipCallId, { ended: true });
  await until('the recording', () =>
    db
      .selectFrom('recording')
      .select('recording_id')
      .where('call_id', '=', call_id)
      .where('state', '=', 'ready')
      .executeTakeFirst(),
  );
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await under?.stop();
});

/** Nothing for axe to object to, and nothing to scroll sideways for. */
async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect([screen, ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)]).toEqual([screen]);
  const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
  expect([screen, await page.evaluate(isTooWide)]).toEqual([screen, false]);
}

/** Back to the top of the page and along the menu. */
async function goTo(page: Page, href: string, heading: string): Promise<void> {
  await page.evaluate('document.activeElement?.blur()');
  await tabTo(page, `nav a[href="${href}"]`, 150);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
}

test.each([SMALL, LARGE])(
  'at $width × $height everything is reached by keyboard and axe has no objection, with 300 calls in the records',
  async (viewport) => {
    const admin = await openAdminPage(browser, under, viewport);
    const { page, offences, refusals, row } = admin;
    await page.goto('/');
    await page.locator('input[name=email]:focus').waitFor();
    await expectAccessible(page, 'sign-in');
    await admin.signIn();

    await row('通話中の電話', '090-0000-1000').waitFor();
    // Below the head row: the calls in progress, all of them.
    expect(await page.getByRole('grid', { name: '通話中の電話' }).getByRole('row').count()).toBe(
      IN_PROGRESS + 1,
    );
    await row('終わったばかりの通話', CALLER.shown).waitFor();
    await expectAccessible(page, 'live');
    await admin.picture('many-live');
    await page.evaluate('document.activeElement?.blur()');
    await tabTo(page, '[role=grid][aria-label=終わったばかりの通話] *', 150);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: '通話の流れ' }).waitFor();
    await page.getByText(/転送先（.+）が応答しました/).waitFor();
    await page.locator('h1:focus').waitFor();
    await expectAccessible(page, 'story');
    await admin.picture('many-story');
    await tabTo(page, 'audio');
    await page.keyboard.press('Space');
    await expect
      .poll(
        () => page.locator('audio').evaluate((audio: { readonly currentTime: number }) => audio.currentTime),
        {
          timeout: 10_000,
        },
      )
      .toBeGreaterThan(0);

    await goTo(page, '/calls', '通話の記録');
    await page.getByText('新しい順に50件を表示しています').waitFor();
    await expectAccessible(page, 'calls');
    await admin.picture('many-calls');
    await tabTo(page, 'main button:has-text("次の50件")', 60);
    await page.keyboard.press('Enter');
    await page.getByText('新しい順に100件を表示しています').waitFor();
    await page.locator('h1').focus();
    await tabTo(page, 'form[role=search] input[inputmode=tel]');
    await page.keyboard.type('００００－１２９８');
    await page.keyboard.press('Enter');
    await page.getByText('新しい順に1件を表示しています（すべて）').waitFor();
    await expectAccessible(page, 'calls found');
    await page.locator('form[role=search] input[inputmode=tel]').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('5555');
    await page.keyboard.press('Enter');
    await page.getByText('条件に合う通話はありません').waitFor();
    await expectAccessible(page, 'no calls');

    await goTo(page, '/sms', 'SMSの試し送信');
    await tabTo(page, 'input[type=tel]');
    await page.keyboard.type('090-0000-0211');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(`画面の幅は${viewport.width}です。`);
    await tabTo(page, 'button[type=submit]');
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await expectAccessible(page, 'question before sending');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('受け取った文の一覧').getByText(`画面の幅は${viewport.width}です。`).waitFor();
    await expectAccessible(page, 'sms');
    await admin.picture('many-sms');

    await page.goto('/nowhere');
    await page.getByRole('heading', { name: 'ページが見つかりません' }).waitFor();
    await expectAccessible(page, 'not found');
    await page.goto('/live');
    await page.getByRole('button', { name: 'ログアウト' }).waitFor();
    await tabTo(page, 'header button');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'ログイン' }).waitFor();
    expect(offences).toEqual([]);
    expect(refusals.filter((refusal) => refusal !== '401 /api/me')).toEqual([]);
    await admin.close();
  },
  180_000,
);
