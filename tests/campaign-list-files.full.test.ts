import { AxeBuilder } from '@axe-core/playwright';
import { freePort } from '@madoguchi/telephony';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { workbookOf } from '../packages/server/src/campaigns/lists/reading/test-workbook.ts';
import {
  startTestAdminServer,
  TEST_PASSWORD,
  type TestAdminServer,
} from '../packages/server/src/http/test-admin-server.ts';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { builtPage } from '../packages/web/tests/built-page.ts';
import { openWatchedWindow, type WatchedWindow } from '../packages/web/tests/watched-window.ts';

/** What a clerk reads on the screen who sends a bad file: the real server on a real PostgreSQL. */
const HEADER = '宛名番号,カナ氏名,生年月日,電話番号';
const line = (nth: number, name = 'ミホン タロウ') => `000000002${nth},${name},19550102,0900000002${nth}`;
const LIMIT_MS = 60_000;

let admin: TestAdminServer;
let browser: Browser;
let clerk: WatchedWindow;

beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  [admin, browser] = await Promise.all([
    startTestAdminServer({ page: { webDist: await builtPage(), origin } }),
    launchBrowser(),
  ]);
  await admin.server.listen({ host: '127.0.0.1', port });
  const email = 'clerk@example.jp';
  await admin.auth.createPerson({ name: '見本 花子', email, role: 'staff', password: TEST_PASSWORD });
  clerk = await openWatchedWindow(browser, origin);
  const { page } = clerk;
  await page.goto('/');
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード', { exact: true }).fill(TEST_PASSWORD);
  await page.getByRole('button', { name: 'ログイン' }).press('Enter');
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await admin?.stop();
});

/** Each file finds a campaign that nothing was sent to. */
beforeEach(async () => {
  const { page } = clerk;
  await page.goto('/campaigns/new');
  await page.getByText('納付催告', { exact: true }).click();
  await page.getByRole('textbox', { name: '名前' }).fill('後期 第4期');
  await page.getByRole('button', { name: '下書きを作って次へ' }).click();
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).waitFor();
});

async function send(name: string, content: Buffer | string): Promise<void> {
  const { page } = clerk;
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'ファイルを選ぶ' }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

async function axeFinds(): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: clerk.page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

const good = Buffer.from(`${HEADER}\r\n${line(1)}\r\n`);
const manyRows = `<row r="1"><c t="inlineStr"><is><t>${'x'.repeat(1000)}</t></is></c></row>`.repeat(30_000);

test.each([
  ['that is empty', '空.csv', '', /^ファイルが空です/],
  [
    'in no known encoding',
    '名簿.csv',
    Buffer.concat([good, Buffer.of(0x32, 0x80, 0xff, 0x0a)]),
    /3行目付近の文字/,
  ],
  ['of one endless line', '名簿.csv', 'あ'.repeat(1_000_000), /1行目が長すぎます/],
  [
    'with a column named twice',
    '名簿.csv',
    '宛名番号,氏名,電話番号,氏名\n1,2,3,4\n',
    /「氏名」が2つあります（B列とD列）/,
  ],
  [
    'that a workbook unpacks without end',
    '名簿.xlsx',
    workbookOf({ rows: manyRows, sheetClaims: 3_000_000_000 }),
    /大きくなりすぎる/,
  ],
  [
    'with a cell without end',
    '名簿.xlsx',
    workbookOf({ rows: `<row r="1"><c t="inlineStr"><is><t>${'x'.repeat(2_000_000)}</t></is></c></row>` }),
    /1行目のA列の文字が多すぎます/,
  ],
  ['with a quotation mark that is never closed', '名簿.csv', `${HEADER}\n1,"2\n`, /「"」/],
])(
  'a file %s is refused in words that say where, and another can be chosen',
  { timeout: LIMIT_MS },
  async (_what, name, content, told) => {
    const { page } = clerk;
    await send(name, content);
    const notice = page.getByRole('alert').filter({ hasText: '何も取り込んでいません' });
    await notice.getByText(told).waitFor();
    expect(await axeFinds()).toEqual([]);
    await page.getByRole('button', { name: 'ファイルを選ぶ' }).waitFor();
    expect(await admin.database.db.selectFrom('campaign_recipient').selectAll().execute()).toEqual([]);
    expect(clerk.offences).toEqual([]);
  },
);

test('what is wrong far behind the first rows is told as soon as it is read, with its row, and nothing is taken in', {
  timeout: LIMIT_MS,
}, async () => {
  const { page } = clerk;
  const rows = Array.from({ length: 30_000 }, () => line(1)).join('\r\n');
  await send('名簿.csv', `${HEADER}\r\n${rows}\r\n${'x'.repeat(150_000)}\r\n`);
  await page.getByRole('button', { name: 'この割り当てで読み込んで確かめる' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: '何も取り込んでいません' })
    .getByText(/30002行目が長すぎます/)
    .waitFor();
});

test('of a file with mixed line ends every row is read, and one that a spreadsheet would calculate is left out with its row and column', {
  timeout: LIMIT_MS,
}, async () => {
  const { page, offences } = clerk;
  await send('名簿.csv', `${HEADER}\r\n${line(1)}\n${line(2, "=cmd|'/c calc'!A0")}\r${line(3)}\r\n`);
  await page.getByRole('button', { name: 'この割り当てで読み込んで確かめる' }).click();
  await page.getByText('読み終わりました。まだ取り込んでいません。').waitFor();
  await page.getByRole('button', { name: /^計算式のような値がある/ }).click();
  await page.getByText('3行目').waitFor();
  await page.getByText(/^「カナ氏名」：/).waitFor();
  await page.getByRole('button', { name: '2人を取り込む' }).waitFor();
  expect(await axeFinds()).toEqual([]);
  expect(offences).toEqual([]);
});
