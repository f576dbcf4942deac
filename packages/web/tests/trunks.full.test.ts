import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, tabTo } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const field = page.getByLabel(label, { exact: false }).and(page.locator(':focus'));
    if ((await field.count()) === 0) continue;
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
    return;
  }
  throw new Error(`the Tab key does not reach ${label}`);
}

async function axeFinds(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

test('somebody without a mouse adds a trunk: chooses the kind, fills in its fields, tests and saves it', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/trunks');
  await page.getByRole('article').first().waitFor();
  await tabTo(page, 'a[href="/trunks/new"]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '回線を追加する' }).waitFor();
  await tabTo(page, 'input[type=radio]');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.getByRole('radio', { name: /050番号/, checked: true }).waitFor();
  await typeInto(page, '回線の名前', '050の回線');
  await typeInto(page, '相手のアドレス', 'sip.example.jp');
  await typeInto(page, '番号', '0725-00-1001');
  await typeInto(page, '利用者名', 'counter');
  await typeInto(page, '暗証', 'never shown');
  expect(await axeFinds(page)).toEqual([]);
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('登録できます（200 OK）').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByText('数秒後から、この設定で電話を受けます').waitFor();
  expect(server.asked.filter((path) => path === '/api/trunk-tests')).toHaveLength(1);
  expect(offences).toEqual([]);
  await close();
});

test('what is wrong is said beside its field, the first of which has the focus, and the folded part opens where it holds one', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/trunks/trunk-0');
  await page.getByLabel('回線の名前').fill('');
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('回線の名前を、60文字以内で入力してください。').waitFor();
  await page.locator('input[aria-invalid=true]:focus').waitFor();
  await page.getByText('数字のアドレス（例：192.0.2.10）で入力してください。').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await close();
});

test('when somebody else has saved in between nothing that was typed is lost, and both ways on are offered', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/trunks/trunk-0');
  await page.getByLabel('回線の名前').fill('ほかの人');
  await page.getByLabel('相手のアドレス').fill('198.51.100.7');
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('ほかの人が、この間に設定を変更しました').waitFor();
  expect(await page.getByLabel('相手のアドレス').inputValue()).toBe('198.51.100.7');
  await page.getByLabel('回線の名前').fill('自分の名前');
  await page.getByRole('button', { name: '入力した内容で保存し直す' }).press('Enter');
  await page.getByText('保存しました').waitFor();
  await close();
});

test('a result is shown no longer once the settings that it was for are changed', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/trunks/trunk-0');
  await page.getByRole('button', { name: '接続を試す' }).press('Enter');
  await page.getByText('接続を試した結果').waitFor();
  await page.getByLabel('相手のアドレス').fill('198.51.100.7');
  await page.getByText('接続を試した結果').waitFor({ state: 'detached' });
  await close();
});

test('a trunk is removed after a question only, and escape means no', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/trunks/trunk-1');
  const remove = page.getByRole('button', { name: 'この回線を削除する' });
  await remove.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await remove.press('Enter');
  await page.getByRole('button', { name: '削除する', exact: true }).press('Enter');
  await page.getByText('削除しました').waitFor();
  await close();
});
