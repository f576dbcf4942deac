import { createHash } from 'node:crypto';
import { freePort } from '@madoguchi/telephony';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  layAttempt,
  layCampaign,
  layRecipient,
} from '../packages/server/src/campaigns/results/test-results.ts';
import { CoreSystemExportListSchema } from '../packages/server/src/http/campaign-result-token-contract.ts';
import {
  startTestAdminServer,
  TEST_PASSWORD,
  type TestAdminServer,
} from '../packages/server/src/http/test-admin-server.ts';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { builtPage } from '../packages/web/tests/built-page.ts';
import { openWatchedWindow, type WatchedWindow } from '../packages/web/tests/watched-window.ts';

/** The real server on a real PostgreSQL: a clerk and a chief in two browsers, and a core system that asks by itself. */
const CAMPAIGN = 'levy';
const RESULTS = `/campaigns/${CAMPAIGN}/results`;
const MAPPING = '国保システム 接触記録';

let admin: TestAdminServer;
let browser: Browser;
let origin: string;
let clerk: WatchedWindow;
let chief: WatchedWindow;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  [admin, browser] = await Promise.all([
    startTestAdminServer({ page: { webDist: await builtPage(), origin } }),
    launchBrowser(),
  ]);
  await admin.server.listen({ host: '127.0.0.1', port });
  const { db } = admin.database;
  await layCampaign(db, CAMPAIGN, '国保料 第4期');
  for (let row = 2; row < 5; row++) {
    const id = await layRecipient(db, CAMPAIGN, { rowNo: row, values: { 期別: '4' }, original: [`${row}`] });
    const at = `2026-11-24T01:0${row}:00Z`;
    await layAttempt(db, CAMPAIGN, id, { at, outcome: row === 2 ? 'busy' : 'unanswered', sipCode: 486 });
  }
  for (const [email, role] of [
    ['clerk@example.jp', 'staff'],
    ['chief@example.jp', 'chief'],
  ] as const)
    await admin.auth.createPerson({ name: role, email, role, password: TEST_PASSWORD });
  clerk = await signedIn('clerk@example.jp');
  chief = await signedIn('chief@example.jp');
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

/** A copy of the ready 様式 with a column of its own. */
async function saveMapping(page: Page): Promise<void> {
  await page.getByRole('link', { name: '様式を作る・変える' }).press('Enter');
  await page.getByRole('link', { name: '「標準の結果ファイル」の写しを作る' }).press('Enter');
  await page.getByRole('textbox', { name: /^様式の名前/ }).fill(MAPPING);
  await page.getByRole('button', { name: '列を加える' }).press('Enter');
  await page.getByRole('textbox', { name: '14列目の見出し' }).fill('業務区分');
  await page.getByRole('button', { name: /14列目に何を書くか/ }).press('Enter');
  await page.getByRole('option', { name: '決まった文字' }).press('Enter');
  await page.getByRole('textbox', { name: /14列目に書く文字/ }).fill('05');
  const shown = page.getByRole('region', { name: '見本の表' });
  await shown.getByRole('cell', { name: '0000000004' }).waitFor();
  await shown.getByRole('cell', { name: '05', exact: true }).first().waitFor();
  await page.getByRole('button', { name: '様式を保存する' }).press('Enter');
  await page.getByRole('rowheader', { name: MAPPING }).waitFor();
  await page.getByRole('link', { name: '結果', exact: true }).first().press('Enter');
}

async function makeFile(page: Page): Promise<void> {
  await page.getByText('まだファイルに入っていない結果が3件あります。').waitFor();
  await page.getByRole('button', { name: /^様式|様式$/ }).press('Enter');
  await page.getByRole('option', { name: `${MAPPING}（CSV、UTF-8）` }).press('Enter');
  await page.getByRole('button', { name: 'ファイルの中身を確かめる' }).press('Enter');
  await page.getByRole('button', { name: 'この内容で結果ファイルを作る' }).press('Enter');
  await page.getByText('結果ファイルを作りました。').waitFor();
}

const cards = (page: Page) => page.getByRole('region', { name: 'これまでの結果ファイル' });

test('a clerk saves a 様式, makes a file by it and takes it out once more with a reason; a core system fetches both by its key', async () => {
  const { page } = clerk;
  await page.goto(RESULTS);
  await saveMapping(page);
  await makeFile(page);
  await cards(page)
    .getByText(/まで取り出せます。$/)
    .waitFor();
  await page.getByText('まだファイルに入っていない結果はありません。').waitFor();
  expect(await page.getByRole('link', { name: '基幹システムの鍵' }).count()).toBe(0);

  await cards(page).getByRole('button', { name: 'もう一度出す' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^もう一度出す理由/ }).fill('取り込みに失敗したため');
  await dialog.getByRole('button', { name: 'もう一度出す' }).press('Enter');
  await cards(page).getByText('第1回の再出力').waitFor();
  await cards(page).getByText('再出力の理由：取り込みに失敗したため').waitFor();

  await chief.page.goto(RESULTS);
  await chief.page.getByRole('link', { name: '基幹システムの鍵' }).press('Enter');
  await chief.page.getByRole('textbox', { name: 'どのシステムの鍵か' }).fill('国保システム');
  await chief.page.getByRole('button', { name: '鍵を作る' }).press('Enter');
  const token = await chief.page.getByRole('textbox', { name: '鍵', exact: true }).inputValue();
  const asked = (path: string) =>
    fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const list = CoreSystemExportListSchema.parse(
    await (await asked('/api/core-system/result-exports')).json(),
  );
  expect(list.exports.map(({ exportNo, repeats }) => [exportNo, repeats?.exportNo ?? null])).toEqual([
    [1, null],
    [2, 1],
  ]);
  for (const { files, repeats } of list.exports) {
    const data = files.find(({ kind }) => kind === 'data');
    const bytes = Buffer.from(await (await asked(data?.url ?? '')).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(data?.sha256);
    expect(data?.name.includes('-again')).toBe(repeats !== null);
    const lines = bytes.toString('utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines.every((line, at) => line.endsWith(at === 0 ? '業務区分' : '05'))).toBe(true);
  }
  await page.reload();
  await expect
    .poll(() =>
      cards(page)
        .getByText(/国保システム　基幹システムが取り出しました/)
        .count(),
    )
    .toBe(2);

  await chief.page.getByRole('button', { name: '控えたので、鍵を隠す' }).press('Enter');
  await chief.page.getByRole('button', { name: '「国保システム」の鍵を無効にする' }).press('Enter');
  await chief.page.getByRole('button', { name: '無効にする', exact: true }).press('Enter');
  await chief.page.getByText('無効', { exact: true }).waitFor();
  expect((await asked('/api/core-system/result-exports')).status).toBe(401);
  expect([...clerk.offences, ...chief.offences]).toEqual([]);
});

test('a clerk finds a single attempt by its outcome and goes on to the person', async () => {
  const { page } = clerk;
  await page.goto(`/campaigns/${CAMPAIGN}/attempts?outcome=busy&day=2026-11-24`);
  const table = page.getByRole('grid', { name: '発信の記録' });
  await table.waitFor();
  expect(await table.getByRole('rowheader').allTextContents()).toEqual(['0000000002']);
  await table.getByRole('row').nth(1).press('Enter');
  await page.getByText('何も流れていません').waitFor();
  await page.getByText('話し中').waitFor();
  await page.getByRole('link', { name: '0000000002' }).press('Enter');
  await page.waitForURL(/\/recipients\/\d+$/);
  const { db } = admin.database;
  const looks = await db
    .selectFrom('audit_log')
    .select('action')
    .where('action', '=', 'campaignAttemptViewed')
    .execute();
  expect(looks).toHaveLength(1);
  expect(clerk.offences).toEqual([]);
});
