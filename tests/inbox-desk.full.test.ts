import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { freePort } from '@madoguchi/telephony';
import { writeWav } from '@madoguchi/telephony/telephone';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  batchFor,
  began,
  type TestCall,
  testCall,
  writeTestCall,
} from '../packages/server/src/calls/reading/test-calls.ts';
import {
  startTestAdminServer,
  TEST_PASSWORD,
  type TestAdminServer,
} from '../packages/server/src/http/test-admin-server.ts';
import { insertTestItem } from '../packages/server/src/inbox/test-items.ts';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { builtPage } from '../packages/web/tests/built-page.ts';
import { openWatchedWindow, tabTo, type WatchedWindow } from '../packages/web/tests/watched-window.ts';

/** The real server on a real PostgreSQL, two clerks in two browsers. */
const CITIZEN = '09000004321';
const CITIZEN_SHOWN = '090-0000-4321';
const HOUR_MS = 3_600_000;
/** A page looks for itself every 5 s; a deadline only catches what hangs. */
const SEEN_LIMIT_MS = 50_000;

let admin: TestAdminServer;
let browser: Browser;
let origin: string;
let one: WatchedWindow;
let other: WatchedWindow;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  [admin, browser] = await Promise.all([
    startTestAdminServer({ page: { webDist: await builtPage(), origin } }),
    launchBrowser(),
  ]);
  await admin.server.listen({ host: '127.0.0.1', port });
  const { db } = admin.database;
  for (const [email, name] of [
    ['one@example.jp', '見本 花子'],
    ['other@example.jp', '例 太郎'],
  ] as const) {
    await admin.auth.createPerson({ name, email, role: 'administrator', password: TEST_PASSWORD });
  }
  await db.insertInto('phone_number').values({ phone_number: '0725001001', name: '資格給付' }).execute();
  one = await signedIn('one@example.jp');
  other = await signedIn('other@example.jp');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await admin?.stop();
});

async function signedIn(email: string): Promise<WatchedWindow> {
  const window = await openWatchedWindow(browser, origin);
  const { page } = window;
  await page.goto('/');
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード', { exact: true }).fill(TEST_PASSWORD);
  await page.getByRole('button', { name: 'ログイン' }).press('Enter');
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
  return window;
}

/** An item that is due in an hour. */
async function newItem(changes: Parameters<typeof insertTestItem>[1] = {}): Promise<string> {
  const now = Date.now() + admin.offset.ms;
  return await insertTestItem(admin.database.db, {
    call_back_number: CITIZEN,
    due_at: new Date(now + HOUR_MS),
    created_at: new Date(now),
    changed_at: new Date(now),
    ...changes,
  });
}

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

test('a clerk takes, notes, and closes an item by keyboard alone', async () => {
  const itemId = await newItem();
  const { page } = one;
  await page.goto('/inbox');
  await page.getByRole('row').filter({ hasText: CITIZEN_SHOWN }).waitFor();
  await tabTo(page, '[role=grid] *');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '折り返し依頼', level: 1 }).waitFor();
  await tabTo(page, 'main button:has-text("自分が担当する")');
  await page.keyboard.press('Enter');
  await page.getByText('自分の担当にしました').waitFor();
  await tabTo(page, 'textarea');
  await page.keyboard.insertText('午後にかけます');
  // Closing without a word is refused; the memo is saved along with the closing.
  await page.getByRole('button', { name: '済にする' }).press('Enter');
  await page.getByText('対応の結果を入力してから、済にしてください。').waitFor();
  await page.getByLabel('対応の結果').focus();
  await page.keyboard.insertText('ご説明しました');
  await page.getByRole('button', { name: '済にする' }).press('Enter');
  await page.getByText('済にしました').first().waitFor();
  await page.getByText('見本 花子さんが済にしました').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  const row = await admin.database.db
    .selectFrom('inbox_item')
    .select(['state', 'memo', 'result_memo'])
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  expect(row).toEqual({ state: 'done', memo: '午後にかけます', result_memo: 'ご説明しました' });
});

test('a clerk who saves over a newer change is told, sees it, and loses nothing of what was typed', async () => {
  const itemId = await newItem();
  for (const { page } of [one, other]) {
    await page.goto(`/inbox/${itemId}`);
    await page
      .getByLabel('メモ', { exact: true })
      .fill(page === one.page ? '一人目のメモ' : '二人目の長いメモ');
  }
  const save = (page: Page) => page.getByRole('button', { name: 'メモと期限を保存する' }).press('Enter');
  await save(one.page);
  await one.page.getByText('保存しました').waitFor();
  await other.page.getByText('ほかの職員が先に内容を変更しました').waitFor();
  expect(await other.page.getByLabel('メモ', { exact: true }).inputValue()).toBe('二人目の長いメモ');
  await other.page.getByText('メモ：一人目のメモ').waitFor();
  expect(await violationsOn(other.page)).toEqual([]);
  await other.page.getByRole('button', { name: '自分の入力を残して続ける' }).press('Enter');
  await save(other.page);
  await other.page.getByText('保存しました').waitFor();
  await expect
    .poll(() => one.page.getByLabel('メモ', { exact: true }).inputValue(), { timeout: SEEN_LIMIT_MS })
    .toBe('二人目の長いメモ');
});

test('what was typed and not saved is found again after a look at another screen', async () => {
  const itemId = await newItem();
  const { page } = one;
  await page.goto(`/inbox/${itemId}`);
  await page.getByLabel('メモ', { exact: true }).fill('書きかけ');
  await page.getByRole('link', { name: '通話の記録' }).click();
  await page.getByRole('heading', { name: '通話の記録' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: '折り返し依頼', level: 1 }).waitFor();
  expect(await page.getByLabel('メモ', { exact: true }).inputValue()).toBe('書きかけ');
  await page.getByLabel('メモ', { exact: true }).fill('');
});

test('when time passes the mark of what is overdue appears on whatever screen is open, without reloading', async () => {
  await admin.database.db.deleteFrom('inbox_item').execute();
  await newItem();
  const { page } = one;
  await page.goto('/sms');
  await page.getByRole('link', { name: '受付箱 未対応1' }).waitFor();
  await page.evaluate('globalThis.sameDocument = true');
  admin.offset.ms += 2 * HOUR_MS;
  await page.getByRole('link', { name: '受付箱 期限切れ1' }).waitFor();
  await page.getByRole('status').filter({ hasText: '受付箱に期限切れが1件あります。' }).waitFor();
  expect(await page.evaluate('globalThis.sameDocument')).toBe(true);
  await page.getByRole('link', { name: /受付箱/ }).click();
  await page.getByRole('row').filter({ hasText: '期限切れ' }).filter({ hasText: CITIZEN_SHOWN }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
});

async function ring(call: TestCall): Promise<void> {
  await writeTestCall(
    admin.database.db,
    batchFor(
      call,
      [
        { event: began(call) },
        { event: { type: 'keyPressed', key: '2' } },
        { event: { type: 'transferRinging', id: 1 } },
      ],
      { nodeTitle: '職員へ転送' },
    ),
  );
}

test('while a telephone rings staff see who calls and what was before, and write; another call that rings takes neither focus nor form away, nor does the end of the call', async () => {
  const { db } = admin.database;
  const now = Date.now() + admin.offset.ms;
  await newItem({ due_at: new Date(now - HOUR_MS) });
  const earlier = testCall({ callerNumber: CITIZEN, beganAt: now - 24 * HOUR_MS });
  await writeTestCall(db, batchFor(earlier, [{ event: began(earlier) }], { ended: true }));
  const { page } = one;
  await page.goto('/live');
  await page.getByText('自動で更新しています').waitFor();
  const call = testCall({ callerNumber: CITIZEN, beganAt: now });
  await ring(call);
  const region = page.getByRole('region', { name: '職員の電話が鳴っています' });
  const panel = region.getByRole('article', { name: CITIZEN_SHOWN });
  await panel.getByText('携帯電話').waitFor();
  await panel.getByRole('region', { name: 'これまでの電話' }).getByText('資格給付').waitFor();
  await panel.getByRole('region', { name: '済んでいない受付' }).getByText('期限切れ').first().waitFor();
  expect(await panel.locator(':focus').count()).toBe(0);

  await panel.getByRole('button', { name: '自分が受けた' }).press('Enter');
  await panel.getByText('あなたが受けました').waitFor();
  await other.page.goto('/live');
  await other.page.getByText('見本 花子さんが受けました').waitFor();

  const memo = page.getByRole('form', { name: '応対の記録' }).getByLabel('メモ');
  await memo.focus();
  await page.keyboard.insertText('納付書の');
  const second = testCall({ callerNumber: '09000005678', beganAt: now + 1_000 });
  await ring(second);
  await page.getByRole('list', { name: '職員の電話' }).getByText('090-0000-5678').waitFor();
  await page.keyboard.insertText('再発行');
  await writeTestCall(
    db,
    batchFor(call, [{ event: { type: 'callerHungUp', q850Cause: 16 } }], { firstSeq: 3, ended: true }),
  );
  await page.getByText('この通話は終わりました').waitFor();
  await page.keyboard.insertText('を希望');
  expect(await memo.inputValue()).toBe('納付書の再発行を希望');
  await page.getByRole('button', { name: /用件区分/ }).press('Enter');
  await page.getByRole('option', { name: '納付・納付相談' }).press('Enter');
  await page.getByRole('button', { name: '応対の記録を保存する' }).press('Enter');
  await page.getByText('保存しました。').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'この電話を閉じる' }).press('Enter');
  await page.getByRole('article', { name: '090-0000-5678' }).waitFor();
  await writeTestCall(
    db,
    batchFor(second, [{ event: { type: 'callerHungUp', q850Cause: 16 } }], { firstSeq: 3, ended: true }),
  );
  await page.getByRole('region', { name: '職員の電話が鳴っています' }).waitFor({ state: 'detached' });
});

test('the page of a citizen shows calls, notes, texts, recordings, requests and the complaint, which then stands wherever the number does', async () => {
  const { db } = admin.database;
  const now = new Date(Date.now() + admin.offset.ms);
  const number = '09000008765';
  const call = testCall({ callerNumber: number, beganAt: now.getTime() - 600_000 });
  const batch = batchFor(call, [{ event: began(call) }], { ended: true });
  await writeTestCall(db, batch);
  const call_day = batch.summaries[0]?.call_day ?? '';
  await db
    .insertInto('call_note')
    .values({
      call_id: call.callId,
      call_day,
      category_id: 'category-4',
      result_id: null,
      memo: '納付書の再発行を希望',
      changed_by: 'somebody',
      taken_by: null,
      taken_at: null,
      changed_at: now,
    })
    .execute();
  await newItem({ call_back_number: number });
  await writeFile(
    join(admin.recordingsDir, 'voice.wav'),
    writeWav({ sampleRateHz: 8_000, channels: [new Int16Array(8_000)] }),
  );
  await db
    .insertInto('recording')
    .values({
      recording_id: `${call.callId}-1`,
      call_id: call.callId,
      call_day,
      kind: 'voicemail',
      state: 'ready',
      file_name: 'voice.wav',
      duration_ms: 4_000,
      began_at: now,
    })
    .execute();
  await db
    .insertInto('sms_message')
    .values({
      id: 'sms-1',
      origin: 'test',
      to_number: number,
      text: '必要書類のご案内',
      parts: 1,
      created_at: now,
      waiting_since: now,
      next_attempt_at: now,
    })
    .execute();
  const { page } = one;
  await page.goto('/citizen');
  await page.getByLabel('電話番号').fill('０９０－００００－８７６５');
  await page.keyboard.press('Enter');
  const line = (text: string) => page.getByRole('listitem').filter({ hasText: text }).first();
  await line('必要書類のご案内').waitFor();
  await line('メモ：納付書の再発行を希望').getByText('用件区分：納付・納付相談').waitFor();
  await line('録音1').getByText('伝言').waitFor();
  await line('受付箱：折り返し依頼').waitFor();
  await page.getByRole('button', { name: '苦情の印を付ける' }).press('Enter');
  await page.getByLabel('印を付ける理由').fill('待ち時間が長いとのお申し出');
  await page.getByRole('button', { name: '印を付ける', exact: true }).press('Enter');
  await line('苦情の印を付けました').getByText('見本 花子さん').waitFor();
  expect(await violationsOn(page)).toEqual([]);
  // To see that there is a recording is not to have heard it.
  const heard = await db
    .selectFrom('audit_log')
    .select('subject')
    .where('action', '=', 'recordingPlayed')
    .execute();
  expect(heard).toEqual([]);
  for (const path of ['/calls', '/inbox']) {
    await other.page.goto(path);
    await other.page
      .getByRole('row')
      .filter({ hasText: '090-0000-8765' })
      .getByText('苦情あり')
      .first()
      .waitFor();
  }
  await other.page.goto(`/calls/${call.callId}`);
  await other.page.getByText('苦情あり').waitFor();
  expect(await other.page.getByLabel('メモ', { exact: true }).inputValue()).toBe('納付書の再発行を希望');
});

test('an administrator changes what notes offer, and the next note offers it', async () => {
  const { page } = one;
  await page.goto('/note-choices');
  const list = page.getByRole('form', { name: '用件区分' });
  await list.getByRole('button', { name: '項目を追加する' }).press('Enter');
  await list
    .getByLabel(/番目の項目の名前/)
    .last()
    .fill('後期高齢者医療');
  await list.getByRole('button', { name: '後期高齢者医療を上へ' }).press('Enter');
  expect(await violationsOn(page)).toEqual([]);
  await list.getByRole('button', { name: '用件区分を保存する' }).press('Enter');
  await page.getByText('用件区分を保存しました').waitFor();
  const call = testCall({ callerNumber: CITIZEN });
  await writeTestCall(admin.database.db, batchFor(call, [{ event: began(call) }], { ended: true }));
  await other.page.goto(`/calls/${call.callId}`);
  await other.page.getByRole('button', { name: /用件区分/ }).press('Enter');
  await other.page.getByRole('option', { name: '後期高齢者医療' }).waitFor();
});

test('all the way nothing forbidden was done, and no number stands in a log', () => {
  expect([...one.offences, ...other.offences]).toEqual([]);
  expect(admin.logLines.join('')).not.toMatch(/0900000\d{4}/);
});
