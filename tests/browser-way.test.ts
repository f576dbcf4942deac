import { setTimeout as pause } from 'node:timers/promises';
import { findMarkers, type IncomingCall, readWav } from '@madoguchi/telephony/telephone';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { type AdminPage, openAdminPage } from './setup/admin-page.ts';
import { HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, MARKER_MS, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker } from './setup/test-flows.ts';

const COUNTER = '0725000201';
const ANNOUNCEMENTS = '0725000202';
const STAFF = '0725009201';
const CALLER = { number: '09000000201', shown: '090-0000-0201' };
const SECOND_CALLER = { number: '09000000202', shown: '090-0000-0202' };
const THIRD_CALLER = { number: '09000000203', shown: '090-0000-0203' };
/** What the caller and the member of staff say to each other. */
const CALLER_SAYS = 10;
const STAFF_SAYS = 20;
/** A change must be seen within a second; a machine with other work may take ten times as long, what it took is printed. */
const SHOWN_LIMIT_MS = 10_000;
/** As long as a text message may be: each part differs from the others, so that none can be lost or stand in another's place. */
const LONGEST_TEXT = Array.from(
  { length: 66 },
  (_, line) => `${String(line + 1).padStart(3, '0')}番のご案内。`,
)
  .join('')
  .padEnd(660, '終');

let under: HouseUnderTest;
let browser: Browser;
let admin: AdminPage;

beforeAll(async () => {
  [under, browser] = await Promise.all([startHouseUnderTest(), launchBrowser()]);
  await under.serve(
    COUNTER,
    oneFlow('counter', {
      first: sayMarker(0, 'menu'),
      menu: {
        kind: 'menu',
        title: 'ご用件の選択',
        prompt: markerPrompt(1),
        choices: [{ key: '3', label: '窓口へ' }],
        timeoutMs: 20_000,
        next: { 'key:3': 'staff', wrongKey: 'failed', noKey: 'failed' },
      },
      staff: {
        kind: 'transfer',
        title: '職員へ転送',
        to: STAFF,
        ringTimeoutMs: 20_000,
        record: true,
        announcement: { type: 'audio', audioId: 'marker2', transcript: '通話を録音します。' },
        givesRecordingNotice: true,
        next: { busy: 'failed', unanswered: 'failed', failed: 'failed', ended: 'thanks' },
      },
      thanks: sayMarker(3, 'end'),
      failed: sayMarker(4, 'end'),
      end: END,
    }),
  );
  await under.serve(
    ANNOUNCEMENTS,
    oneFlow('announcements', {
      first: sayMarker(1, 'second'),
      second: sayMarker(2, 'third'),
      third: sayMarker(3, 'fourth'),
      fourth: sayMarker(4, 'end'),
      end: END,
    }),
  );
  admin = await openAdminPage(browser, under);
  await admin.page.goto('/');
  await admin.signIn();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await under?.stop();
});

/** Waits for something on the page. @returns how long after `since` (performance.now()) it was there. */
async function shownAfter(locator: Locator, since: number): Promise<number> {
  await locator.waitFor({ timeout: SHOWN_LIMIT_MS });
  return Math.round(performance.now() - since);
}

test('a call is followed live, its story told and its recording played; it is found by search; a long text is sent; nothing leaves our origin', async () => {
  const { page, row } = admin;
  await page.getByText('自動で更新しています').waitFor();
  const staffCall = Promise.withResolvers<IncomingCall>();
  under.staff.onIncoming((call) => {
    call.ring();
    staffCall.resolve(call);
  });

  const call = await under.call(COUNTER, CALLER.number);
  await call.answered;
  const answeredAt = performance.now();
  const live = row('通話中の電話', CALLER.shown);
  const shownMs: Record<string, number> = {};
  shownMs['answered → call'] = await shownAfter(live.filter({ hasText: '目印 0' }), answeredAt);
  await live.filter({ hasText: '0725-00-0201' }).filter({ hasText: '試験の番号' }).waitFor();

  const menuSpeaks = await call.waitForTone({ marker: 1 }, { timeoutMs: HEARING_LIMIT_MS });
  const menuSpeaksAt = performance.now() - (call.nowMs - menuSpeaks.atMs);
  shownMs['menu heard → node'] = await shownAfter(live.filter({ hasText: 'ご用件の選択' }), menuSpeaksAt);
  await call.press('3');
  const pressedAt = performance.now();
  const key = live.getByRole('gridcell', { name: '3', exact: true });
  [shownMs['key → key'], shownMs['key → node']] = await Promise.all([
    shownAfter(key, pressedAt),
    shownAfter(live.filter({ hasText: '職員へ転送' }), pressedAt),
  ]);

  const staff = await staffCall.promise;
  const ringsAt = performance.now();
  const caller = page.getByRole('article', { name: CALLER.shown });
  const ringing = page.getByRole('region', { name: '職員の電話が鳴っています' }).filter({ has: caller });
  shownMs['staff rings → who calls'] = await shownAfter(ringing.filter({ hasText: 'ご用件の選択' }), ringsAt);
  await caller.getByText('この番号からの電話は初めてです').waitFor();
  await staff.answer();
  void call.play({ marker: CALLER_SAYS });
  void staff.play({ marker: STAFF_SAYS });
  await call.waitForTone({ marker: STAFF_SAYS }, { timeoutMs: HEARING_LIMIT_MS });
  await staff.waitForTone({ marker: CALLER_SAYS }, { timeoutMs: HEARING_LIMIT_MS });
  await page.getByText('お話し中').waitFor();
  await pause(MARKER_MS);
  await admin.picture('live');
  await staff.hangUp();
  expect((await call.ended).by).toBe('them');
  const endedAt = performance.now();
  const ended = row('終わったばかりの通話', CALLER.shown);
  shownMs['end → ended'] = await shownAfter(ended.filter({ hasText: '職員へ転送' }), endedAt);
  await live.waitFor({ state: 'detached', timeout: SHOWN_LIMIT_MS });
  expect(wayOf(call).filter((marker) => marker !== STAFF_SAYS)).toEqual([0, 1, 2, 3]);
  console.info(`shown on the live page, ms: ${JSON.stringify(shownMs)}`);

  const audioAnswers: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/audio')) audioAnswers.push(response.status());
  });
  await ended.click();
  await page.getByRole('heading', { name: '通話の流れ' }).waitFor();
  await page.getByText('システムが通話を終了しました').waitFor();
  expect(await page.getByRole('listitem').locator('p:first-of-type').allTextContents()).toEqual([
    '090-0000-0201から0725-00-0201「試験の番号」に着信しました',
    '自動応答を開始しました',
    'アナウンスが終わりました',
    '「3」が押されました（「窓口へ」へ進む）',
    '前の場所のアナウンスを途中で止めました',
    'アナウンスが終わりました',
    '転送先を呼び出しています',
    '転送先（0725-00-9201）が応答しました',
    '転送先が電話を切り、転送が終わりました',
    'アナウンスが終わりました',
    'システムが通話を終了しました',
  ]);

  const audio = page.getByLabel('録音1の再生');
  await audio.waitFor({ timeout: HEARING_LIMIT_MS });
  const sound = (what: 'duration' | 'currentTime') =>
    audio.evaluate(
      (element: { readonly duration: number; readonly currentTime: number }, name) => element[name],
      what,
    );
  await admin.picture('story');
  expect(audioAnswers).toEqual([]);
  await audio.focus();
  await page.keyboard.press('Space');
  await expect.poll(() => sound('currentTime'), { timeout: SHOWN_LIMIT_MS }).toBeGreaterThan(0.2);
  await page.keyboard.press('Space');
  expect(await sound('duration')).toBeGreaterThan(MARKER_MS / 1000);
  const soughtTo = await audio.evaluate(
    (element: {
      readonly duration: number;
      currentTime: number;
      addEventListener(event: string, then: () => void): void;
    }) =>
      new Promise<number>((resolve) => {
        element.addEventListener('seeked', () => resolve(element.currentTime / element.duration));
        element.currentTime = element.duration / 2;
      }),
  );
  expect(soughtTo).toBeCloseTo(0.5, 1);
  expect(new Set(audioAnswers)).toEqual(new Set([206]));
  const audioUrl = (await audio.getAttribute('src')) ?? '';
  const whole = await admin.context.request.get(audioUrl);
  const part = await admin.context.request.get(audioUrl, { headers: { range: 'bytes=100-299' } });
  expect([whole.status(), part.status()]).toEqual([200, 206]);
  expect(part.headers()['content-range']).toBe(`bytes 100-299/${(await whole.body()).length}`);
  expect((await part.body()).equals((await whole.body()).subarray(100, 300))).toBe(true);
  const [left, right] = readWav(await whole.body()).channels.map(
    (channel) => new Set(findMarkers(channel).map(({ marker }) => marker)),
  );
  expect([left, right]).toEqual([new Set([CALLER_SAYS]), new Set([STAFF_SAYS])]);

  await page.getByRole('link', { name: '通話の記録' }).first().click();
  const found = row('通話の記録', CALLER.shown);
  const search = page.getByRole('search');
  await search.getByLabel('発信元番号の一部').fill('０００－０２０１');
  await search.getByRole('button', { name: 'この7日間' }).click();
  await search.getByRole('button', { name: '検索する' }).click();
  await page.waitForURL(/number=0000201.*from=/);
  await found.filter({ hasText: '職員へ転送' }).filter({ hasText: 'あり' }).waitFor();
  await search.getByLabel('発信元番号の一部').fill('0900000999');
  await search.getByRole('button', { name: '検索する' }).click();
  await page.getByText('条件に合う通話はありません').waitFor();
  await search.getByRole('button', { name: '条件を消す' }).click();
  await found.waitFor();
  await search.getByRole('group', { name: 'この日まで' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('20200331');
  await page.keyboard.press('Enter');
  await search.getByRole('button', { name: '検索する' }).click();
  await page.waitForURL(/to=2020-03-31/);
  await page.getByText('条件に合う通話はありません').waitFor();

  await page.getByRole('link', { name: 'SMSの試し送信' }).click();
  await page.getByLabel('送り先の電話番号').fill('090-0000-0201');
  await page.getByLabel('本文').fill(LONGEST_TEXT);
  await page.getByRole('button', { name: '送信の確認へ' }).click();
  await page.getByRole('alertdialog').getByText('660文字・10通分').waitFor();
  await page.getByRole('button', { name: '送信する' }).click();
  const received = page
    .getByLabel('受け取った文の一覧')
    .getByRole('listitem')
    .filter({ hasText: LONGEST_TEXT });
  await received.filter({ hasText: '090-0000-0201' }).filter({ hasText: '660文字・10通分' }).waitFor();
  expect(await received.count()).toBe(1);
  await page
    .getByRole('grid', { name: '送ったSMS' })
    .getByRole('row')
    .filter({ hasText: '到達' })
    .waitFor({ timeout: HEARING_LIMIT_MS });
  expect(admin.offences).toEqual([]);
}, 120_000);

test('the process that leads the calls is killed: the call stays on the live page and goes on to its end', async () => {
  const { page, row } = admin;
  await page.getByRole('link', { name: 'ただいまの通話', exact: true }).click();
  await page.getByText('自動で更新しています').waitFor();
  const call = await under.call(ANNOUNCEMENTS, SECOND_CALLER.number);
  await call.waitForTone({ marker: 1 }, { timeoutMs: HEARING_LIMIT_MS });
  const live = row('通話中の電話', SECOND_CALLER.shown);
  await live.filter({ hasText: '目印 1' }).waitFor();
  const killedAtMs = call.nowMs;
  await under.kill('calls');
  expect(await live.isVisible()).toBe(true);

  await call.waitForTone({ marker: 2 }, { timeoutMs: HEARING_LIMIT_MS, sinceMs: killedAtMs });
  await live.filter({ hasText: '目印 2' }).waitFor();
  expect(await page.getByText('自動で更新しています').isVisible()).toBe(true);
  expect((await call.ended).by).toBe('them');
  const ended = row('終わったばかりの通話', SECOND_CALLER.shown);
  await ended.filter({ hasText: '案内で終了' }).click();
  await page.getByText('システムが再開し、通話を引き継ぎました').waitFor();
  await page.getByText('システムが通話を終了しました').waitFor();
});

test('the process that serves the pages is killed: the caller notices nothing, the page says so and comes back by itself, still signed in', async () => {
  const { page, row } = admin;
  await page.getByRole('link', { name: 'ただいまの通話', exact: true }).click();
  await page.getByText('自動で更新しています').waitFor();
  await page.evaluate('globalThis.sameDocument = true');
  const call = await under.call(ANNOUNCEMENTS, THIRD_CALLER.number);
  await call.waitForTone({ marker: 1 }, { timeoutMs: HEARING_LIMIT_MS });
  const live = row('通話中の電話', THIRD_CALLER.shown);
  await live.filter({ hasText: '目印 1' }).waitFor();
  const killedAt = performance.now();
  await under.kill('web');
  await page.getByText(/つなぎ直しています/).waitFor();
  expect(await live.isVisible()).toBe(true);
  await page.getByText('自動で更新しています').waitFor({ timeout: HEARING_LIMIT_MS });
  console.info(`live again ${Math.round(performance.now() - killedAt)} ms after the web process was killed`);
  expect(await page.evaluate('globalThis.sameDocument')).toBe(true);

  expect((await call.ended).by).toBe('them');
  await row('終わったばかりの通話', THIRD_CALLER.shown).filter({ hasText: '案内で終了' }).waitFor();
  await live.waitFor({ state: 'detached' });
  const summary = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  expect(summary.outcome).toBe('announcement');
  const begins = call.heardMarkers.map(({ atMs }) => atMs);
  expect(wayOf(call)).toEqual([1, 2, 3, 4]);
  const distances = begins.slice(1).map((atMs, nth) => atMs - (begins[nth] ?? 0));
  expect(Math.max(...distances)).toBeLessThan(MARKER_MS + 500);
});

test('whoever has signed out sees nothing more, not even with the old cookie; all the way nothing forbidden was done', async () => {
  const { page, context, offences, refusals } = admin;
  const before = await context.cookies();
  expect(before.length).toBeGreaterThan(0);
  expect(before.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Strict')).toBe(true);
  await page.getByRole('button', { name: 'ログアウト' }).click();
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  await context.addCookies(before);
  for (const path of [
    '/api/me',
    '/api/live',
    '/api/calls',
    '/api/numbers',
    '/api/sms/recent',
    '/api/inbox',
    '/api/complaints',
  ]) {
    expect([path, (await context.request.get(path)).status()]).toEqual([path, 401]);
  }
  for (const path of ['/live', '/calls', '/sms']) {
    await page.goto(path);
    await page.getByRole('heading', { name: 'ログイン' }).waitFor();
    expect(await page.getByText('090-0000').count()).toBe(0);
  }
  expect(offences).toEqual([]);
  expect(refusals.filter((refusal) => refusal !== '401 /api/me')).toEqual([]);
});
