import type { Shot } from './shot.ts';

/** Trunks: saved, tested, in trouble, removed. */
export const TRUNK_SHOTS: readonly Shot[] = [
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
  { name: 'trunk-lost-many', path: '/trunks/trunk-5', mode: { amount: 'many' } },
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
  { name: 'answers-usual-few', path: '/trunks/trunk-0/outcome-table' },
  { name: 'answers-own-few', path: '/trunks/trunk-1/outcome-table' },
  { name: 'answers-none', path: '/trunks/trunk-1/outcome-table', mode: { amount: 'none' } },
  { name: 'answers-error', path: '/trunks/trunk-0/outcome-table', mode: { trouble: 'error' } },
  { name: 'answers-loading', path: '/trunks/trunk-0/outcome-table', mode: { trouble: 'slow' } },
  {
    name: 'answers-rule-few',
    path: '/trunks/trunk-1/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '2行目を直す' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'answers-problems-few',
    path: '/trunks/trunk-1/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '行を追加する' }).click();
      await page.getByLabel('SIP応答番号').fill('話し中');
      await page.getByRole('button', { name: '表に入れる' }).click();
      await page.getByText('結果を選んでください').waitFor();
    },
  },
  {
    name: 'answers-conflict-few',
    path: '/trunks/trunk-2/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '1行目を一つ下へ', exact: true }).click();
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('button', { name: /保存し直す/ }).waitFor();
    },
  },
  {
    name: 'answers-reset-few',
    path: '/trunks/trunk-1/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '初期値に戻す' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'trunk-answers-few',
    path: '/trunks/trunk-1',
    act: async (page) => {
      await page.getByRole('link', { name: '読み替えの表を開く' }).scrollIntoViewIfNeeded();
    },
  },
];
