import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openPage, tabTo } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function openTable(path: string): Promise<Page> {
  const { page, close } = await openPage(browser);
  onTestFinished(close);
  await page.goto(path);
  await page.getByRole('table', { name: '応答の読み替えの表' }).waitFor();
  return page;
}

/** Of each row its result, in order. */
const results = (page: Page) => page.getByRole('rowheader').allInnerTexts();

async function axeFinds(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

test('somebody without a mouse finds the table from the trunk, adds a row, moves it up and stores it', async () => {
  const { page, close } = await openPage(browser);
  onTestFinished(close);
  await page.goto('/trunks/trunk-1');
  await page.getByText('この回線だけの表を使っています').waitFor();
  // It stands behind the fields of the trunk.
  await page.getByRole('button', { name: '接続を試す' }).focus();
  await tabTo(page, 'a[href="/trunks/trunk-1/outcome-table"]');
  await page.keyboard.press('Enter');
  await page.getByRole('table').waitFor();
  expect(await results(page)).toEqual(['応答', '圏外・電源断', '話し中']);

  await page.getByRole('button', { name: '行を追加する' }).press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('SIP応答番号').fill('５０３');
  await page.getByRole('textbox', { name: /^理由/ }).fill('見本電話の書類：契約回線数を超えた');
  await page.getByRole('button', { name: /結果/ }).press('Enter');
  await page.getByRole('option', { name: '回線なし' }).press('Enter');
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '表に入れる' }).press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await results(page)).toEqual(['応答', '圏外・電源断', '話し中', '回線なし']);
  await page.getByText('SIP応答番号 503').waitFor();
  await page.getByRole('button', { name: '4行目を一つ上へ' }).press('Enter');
  expect(await results(page)).toEqual(['応答', '圏外・電源断', '回線なし', '話し中']);
  await page.getByText('まだ保存していません').waitFor();
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('保存しました').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.reload();
  await page.getByRole('table').waitFor();
  expect(await results(page)).toEqual(['応答', '圏外・電源断', '回線なし', '話し中']);
});

test('what is wrong in a row is said beside its field, and the table stays as it was', async () => {
  const page = await openTable('/trunks/trunk-1/outcome-table');
  await page.getByRole('button', { name: '2行目を直す' }).press('Enter');
  await page.getByLabel('SIP応答番号').fill('48');
  await page.getByRole('textbox', { name: /^理由/ }).fill('');
  await page.getByRole('button', { name: '表に入れる' }).press('Enter');
  await page.getByText('100から699までの番号').waitFor();
  await page.locator('input[aria-invalid=true]:focus').waitFor();
  await page.getByText('理由を、200文字以内で入力してください').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('SIP応答番号 480').waitFor();
  expect(await page.getByRole('button', { name: '保存する' }).isDisabled()).toBe(true);
});

test('going back to the usual table asks first, and then says that it is the usual one', async () => {
  const page = await openTable('/trunks/trunk-1/outcome-table');
  const before = await results(page);
  await page.getByRole('button', { name: '初期値に戻す' }).press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(await results(page)).toEqual(before);
  await page.getByRole('button', { name: '初期値に戻す' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: '初期値に戻す' }).press('Enter');
  await page.getByText('初期値に戻しました').waitFor();
  await page.getByText('初期値を使っています').waitFor();
  expect((await results(page)).length).toBeGreaterThan(before.length);
});

test('when somebody else has stored a table in between, nothing is lost and both ways on are offered', async () => {
  const page = await openTable('/trunks/trunk-2/outcome-table');
  const [first, second] = await results(page);
  await page.getByRole('button', { name: '1行目を一つ下へ', exact: true }).press('Enter');
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('ほかの職員が先に変更しました').waitFor();
  expect((await results(page)).slice(0, 2)).toEqual([second, first]);
  await page.getByRole('button', { name: 'この画面の表で保存し直す' }).press('Enter');
  await page.getByText('保存しました').waitFor();
  expect((await results(page)).slice(0, 2)).toEqual([second, first]);
});
