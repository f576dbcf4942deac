import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type FakeMode, startFakeServer } from './fake-server.ts';

/**
 * Pictures of every screen, small and large, with little, much and no data, in error and while loading, to be looked at; axe says
 * what it finds. `node packages/web/development/screenshots.ts [part of a name]` after a build; pictures go to test-output/web.
 */
const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'test-output/web');
const only = process.argv[2] ?? '';
/** The smaller last: its round ends with signing out. */
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
] as const;
const LARGE = SIZES[0].width;

type Shot = {
  readonly name: string;
  readonly path: string;
  readonly mode?: Partial<FakeMode>;
  readonly act?: (page: Page) => Promise<void>;
};

const SCREENS = [
  { name: 'live', path: '/live' },
  { name: 'calls', path: '/calls' },
  { name: 'story', path: '/calls/fake-e-0' },
  { name: 'sms', path: '/sms' },
  { name: 'inbox', path: '/inbox' },
  { name: 'item', path: '/inbox/item-1' },
  { name: 'citizen', path: '/citizen?number=09000001237' },
  { name: 'choices', path: '/note-choices' },
  { name: 'trunks', path: '/trunks' },
  { name: 'numbers', path: '/numbers' },
  { name: 'number', path: '/numbers/0725008128' },
  { name: 'emergency', path: '/emergency' },
] as const;

const shots: readonly Shot[] = [
  ...SCREENS.flatMap(({ name, path }): Shot[] => [
    { name: `${name}-few`, path },
    { name: `${name}-many`, path, mode: { amount: 'many' } },
    { name: `${name}-none`, path, mode: { amount: 'none' } },
    { name: `${name}-error`, path, mode: { trouble: 'error' } },
    { name: `${name}-loading`, path, mode: { trouble: 'slow' } },
  ]),
  ...(['ringingStaff', 'ringingCitizen', 'talking', 'ended'] as const).map(
    (call): Shot => ({ name: `item-call-${call}-few`, path: '/inbox/item-1', mode: { call } }),
  ),
  { name: 'citizen-call-talking', path: '/citizen?number=09000001237', mode: { call: 'talking' } },
  {
    name: 'item-own-telephone',
    path: '/inbox/item-1',
    act: async (page) => {
      await page.getByRole('button', { name: 'この番号に電話する' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByRole('button', { name: '登録して電話する' }).click();
      await page.getByText('自分の電話番号を入力してください。').waitFor();
    },
  },
  {
    name: 'number-stopping-few',
    path: '/numbers/0725008128',
    act: async (page) => {
      await page.getByRole('button', { name: '「停止」にする' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'number-problem-few',
    path: '/numbers/0725008128',
    act: async (page) => {
      await page.getByLabel('停止中の転送先').fill('0725-00-8128');
      await page.getByRole('button', { name: '設定を保存する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'emergency-adding-few',
    path: '/emergency',
    act: async (page) => {
      await page.getByRole('button', { name: '案内を用意する' }).click();
      await page.getByText('選んだ番号だけ').click();
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'emergency-on-few',
    path: '/emergency',
    act: async (page) => {
      // It stays on for the next size.
      const on = page.getByRole('button', { name: '「大雨による閉庁」を流す' });
      if ((await on.count()) > 0) await on.click();
      await page.getByText('緊急アナウンスを流しています').waitFor();
    },
  },
  { name: 'not-found', path: '/nowhere' },
  { name: 'story-unknown', path: '/calls/nobody' },
  {
    name: 'calls-date',
    path: '/calls?from=2026-11-20',
    act: async (page) => {
      await page.getByRole('button', { name: /この日から/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'calls-select',
    path: '/calls',
    act: async (page) => {
      await page.getByRole('button', { name: /結果/ }).click();
      await page.getByRole('listbox').waitFor();
    },
  },
  {
    name: 'sms-problems',
    path: '/sms',
    act: async (page) => {
      await page.getByLabel('本文').fill('納'.repeat(670));
      await page.getByRole('button', { name: '送信の確認へ' }).click();
    },
  },
  {
    name: 'sms-dialog',
    path: '/sms',
    act: async (page) => {
      await page.getByLabel('送り先の電話番号').fill('090-0000-0001');
      await page.getByLabel('本文').fill('【○○市】試しの送信です。'.repeat(8));
      await page.getByRole('button', { name: '送信の確認へ' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'trunks-saved-few', path: '/trunks?done=saved' },
  { name: 'trunk-new-few', path: '/trunks/new' },
  {
    name: 'trunk-new-registering-few',
    path: '/trunks/new',
    act: async (page) => {
      await page.getByRole('radio', { name: /050番号/ }).click({ force: true });
      await page.getByLabel('回線の名前').scrollIntoViewIfNeeded();
    },
  },
  { name: 'trunk-few', path: '/trunks/trunk-0' },
  { name: 'trunk-error', path: '/trunks/trunk-0', mode: { trouble: 'error' } },
  {
    name: 'trunk-details-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByRole('button', { name: /詳しい設定/ }).click();
      await page.getByLabel('音声の形式').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'trunk-problems-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByLabel('回線の名前').fill('');
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'trunk-conflict-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByLabel('回線の名前').fill('ほかの人');
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('button', { name: /保存し直す/ }).waitFor();
    },
  },
  {
    name: 'trunk-testing-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByLabel('相手のアドレス').fill('192.0.2.255');
      await page.getByRole('button', { name: '接続を試す' }).click();
      await page.getByText('相手の機器に問い合わせています').waitFor();
    },
  },
  {
    name: 'trunk-tested-few',
    path: '/trunks/trunk-1',
    act: async (page) => {
      await page.getByRole('button', { name: '接続を試す' }).click();
      await page.getByText('接続を試した結果').waitFor();
    },
  },
  {
    name: 'trunks-tested-few',
    path: '/trunks',
    act: async (page) => {
      await page
        .getByRole('button', { name: /接続を試す/ })
        .nth(1)
        .click();
      await page.getByText('接続を試した結果').waitFor();
    },
  },
  {
    name: 'trunk-removing-few',
    path: '/trunks/trunk-1',
    act: async (page) => {
      await page.getByRole('button', { name: 'この回線を削除する' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];

await mkdir(folder, { recursive: true });
const server = await startFakeServer({
  webDist: join(import.meta.dirname, '../dist'),
  now: () => Date.now(),
  signedIn: true,
});
const browser = await launchBrowser();
let violations = 0;

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  if (width === LARGE || process.env['WITHOUT_AXE'] === '1') return;
  const found = await new AxeBuilder({ page }).analyze();
  for (const each of found.violations) {
    violations += 1;
    console.log(
      `${name}-${width}: ${each.id} (${each.impact}) ${each.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  }
}

for (const viewport of SIZES) {
  const context = await browser.newContext({
    viewport,
    locale: 'ja-JP',
    reducedMotion: 'reduce',
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      console.log(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`page: ${error.message}`));
  const isLarge = viewport.width === LARGE;
  const wanted = shots.filter(({ name }) => name.includes(only) && (!isLarge || /-(few|many)$/.test(name)));
  for (const shot of wanted) {
    server.set({ amount: 'few', trouble: 'none', call: null, ...shot.mode });
    await page.goto(server.url + shot.path);
    await page.locator('h1').waitFor();
    if (shot.mode?.trouble === undefined) await page.waitForLoadState('load');
    // Errors show after the second try.
    if (shot.mode?.trouble === 'error' && shot.name !== 'live-error')
      await page.getByRole('alert').first().waitFor();
    else if (
      shot.mode?.trouble !== 'slow' &&
      !['not-found', 'story-unknown', 'live-error'].includes(shot.name)
    ) {
      await page
        .locator('main :is([role=grid], [role=radiogroup], ol, form)')
        .first()
        .waitFor({ timeout: 3000 })
        .catch(() => console.log(`${shot.name}: no list`));
    }
    await shot.act?.(page);
    await picture(page, shot.name);
  }
  if ('sign-in'.includes(only) && !isLarge) {
    server.set({ amount: 'few', trouble: 'none' });
    server.endSession();
    await page.goto(`${server.url}/calls`);
    await page.getByRole('heading', { name: 'ログイン' }).waitFor();
    await picture(page, 'sign-in');
    for (let attempt = 0; attempt <= 5; attempt += 1) {
      await page.getByLabel('メールアドレス').fill('clerk@city.example');
      await page.getByLabel('パスワード', { exact: true }).fill('wrong');
      const answered = page.waitForResponse('**/sign-in/email');
      await page.getByRole('button', { name: 'ログイン' }).click();
      await answered;
      if (attempt === 0) await picture(page, 'sign-in-wrong');
    }
    await page.getByText('いまはログインできません').waitFor();
    await picture(page, 'sign-in-locked');
  }
  await context.close();
}
await browser.close();
await server.close();
console.log(`${violations} violations; pictures in ${folder}`);
