import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openPage } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function axeFinds(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

async function open(path: string) {
  const opened = await openPage(browser);
  onTestFinished(opened.close);
  await opened.page.goto(path);
  return opened;
}

test('a key for a core system is named, shown once, and gone when it was noted', async () => {
  const { page, offences } = await open('/result-tokens');
  const name = page.getByRole('textbox', { name: 'どのシステムの鍵か' });
  await page.getByRole('button', { name: '鍵を作る' }).press('Enter');
  await page.getByText('システムの名前を入力してください。').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await name.fill('国保システム');
  await page.keyboard.press('Enter');
  await page.getByText('同じ名前の鍵があります。').waitFor();
  expect(await name.inputValue()).toBe('国保システム');
  await name.fill('税務システム');
  await page.keyboard.press('Enter');
  const key = page.getByRole('textbox', { name: '鍵', exact: true });
  await key.waitFor();
  expect(await key.inputValue()).toMatch(/^mdgr_/);
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '控えたので、鍵を隠す' }).press('Enter');
  await name.waitFor();
  expect(await page.content()).not.toContain('mdgr_');
  await page.reload();
  await name.waitFor();
  expect(await page.content()).not.toContain('mdgr_');
  expect(offences).toEqual([]);
});

test('a key is made void only after a question; escape means no', async () => {
  const { page, server, offences } = await open('/result-tokens');
  const revoke = page.getByRole('button', { name: '「国保システム」の鍵を無効にする' });
  const revoked = () => server.asked.filter((path) => path.endsWith('/revocation'));
  // Its name is taken as long as it is not void.
  await page.getByRole('button', { name: '「介護保険システム」の鍵を無効にする' }).waitFor();
  expect(await page.getByRole('button', { name: /「後期高齢者医療システム」の鍵/ }).count()).toBe(0);
  await revoke.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(revoked()).toEqual([]);
  await revoke.press('Enter');
  await page.getByRole('button', { name: '無効にする', exact: true }).press('Enter');
  await expect.poll(revoked).toEqual(['/api/result-tokens/token-0/revocation']);
  expect(offences).toEqual([]);
});

const MAPPINGS = '/campaigns/campaign-ended/results/mappings';

/** Headings as they stand in the fields. */
async function headings(page: Page): Promise<readonly string[]> {
  return await page
    .getByRole('table', { name: '列の並び' })
    .getByRole('textbox', { name: /列目の見出し$/ })
    .evaluateAll((fields) => fields.map((field) => (field instanceof HTMLInputElement ? field.value : '')));
}

test('the ready 様式 is copied, not changed; a column is named, filled, moved and previewed by keyboard before it is saved', async () => {
  const { page, server, offences } = await open(MAPPINGS);
  await page.getByRole('link', { name: '「標準の結果ファイル」の写しを作る' }).waitFor();
  expect(await page.getByRole('link', { name: '「標準の結果ファイル」を変える' }).count()).toBe(0);
  await page.getByRole('link', { name: '「標準の結果ファイル」の写しを作る' }).press('Enter');
  await page.getByRole('heading', { name: '「標準の結果ファイル」の写し' }).waitFor();
  const shown = page.getByRole('region', { name: '見本の表' });
  await shown.getByRole('columnheader', { name: '団体コード' }).waitFor();

  await page.getByRole('button', { name: '列を加える' }).press('Enter');
  await page.getByRole('textbox', { name: '8列目の見出し' }).fill('業務区分');
  await page.getByRole('button', { name: /8列目に何を書くか/ }).press('Enter');
  await page.getByRole('option', { name: '決まった文字' }).press('Enter');
  await page.getByRole('textbox', { name: /8列目に書く文字/ }).fill('05');
  await shown.getByRole('columnheader', { name: '業務区分' }).waitFor();
  await shown.getByRole('cell', { name: '05' }).first().waitFor();

  // The focus goes with the column.
  await page.getByRole('button', { name: '8列目を上へ' }).focus();
  for (let press = 0; press < 7; press++) await page.keyboard.press('Enter');
  await expect
    .poll(() => headings(page))
    .toEqual([
      '業務区分',
      '団体コード',
      '宛名番号',
      '税目コード',
      '期別',
      '接触日時',
      '結果コード',
      '納付約束日',
    ]);
  await page.keyboard.press('Enter');
  expect((await headings(page))[0]).toBe('業務区分');
  expect(await axeFinds(page)).toEqual([]);

  const saved = () => server.asked.filter((path) => path === '/api/result-mappings').length;
  const before = saved();
  await page.getByRole('button', { name: '様式を保存する' }).press('Enter');
  await page.getByRole('heading', { name: '結果ファイルの様式', exact: true }).waitFor();
  expect(saved()).toBeGreaterThan(before);
  expect(offences).toEqual([]);
});

test('what is wrong is told at its field, and nothing is stored; a name that is taken keeps what was typed', async () => {
  const { page, server, offences } = await open(`${MAPPINGS}/mapping-1`);
  const name = page.getByRole('textbox', { name: /^様式の名前/ });
  const stored = () => server.asked.filter((path) => path === '/api/result-mappings/mapping-1').length;
  await name.fill('');
  await page.getByRole('textbox', { name: '2列目の見出し' }).fill('宛名番号');
  await page.getByRole('button', { name: '様式を保存する' }).press('Enter');
  await page.getByText('＊様式の名前を入力してください。').waitFor();
  await page.getByText('＊同じ見出しの列があります。').waitFor();
  await page.getByText('直すところが2か所あります').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect(stored()).toBe(0);
  await page.getByRole('textbox', { name: '2列目の見出し' }).fill('氏名');
  await name.fill('標準の結果ファイル');
  await page.keyboard.press('Enter');
  await page.getByText('＊同じ名前の様式があります。').waitFor();
  await name.fill('ほかの人');
  await page.keyboard.press('Enter');
  await page.getByText('ほかの職員が先に内容を変更しました').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '自分の入力を残して続ける' }).press('Enter');
  expect(await name.inputValue()).toBe('ほかの人');
  // Removed by a colleague: what was typed can become a new one.
  await name.fill('消えた様式');
  await page.keyboard.press('Enter');
  await page.getByText('もう一度保存すると、新しい様式になります。').waitFor();
  const added = server.asked.filter((path) => path === '/api/result-mappings').length;
  await page.getByRole('button', { name: '様式を保存する' }).press('Enter');
  await page.getByRole('heading', { name: '結果ファイルの様式', exact: true }).waitFor();
  expect(server.asked.filter((path) => path === '/api/result-mappings').length).toBeGreaterThan(added);
  expect(offences).toEqual([]);
});

test('one’s own 様式 is removed only after a question', async () => {
  const { page, server, offences } = await open(MAPPINGS);
  const remove = page.getByRole('button', { name: '「国保システム 接触記録」を削除する' });
  const removed = () => server.asked.filter((path) => path.startsWith('/api/result-mappings/mapping-1'));
  await remove.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(removed()).toEqual([]);
  await remove.press('Enter');
  await page.getByRole('button', { name: '削除する', exact: true }).press('Enter');
  await page.getByText('様式を削除しました').waitFor();
  expect(removed()).toHaveLength(1);
  expect(offences).toEqual([]);
});
