import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('a chief sets a PIN by keyboard: a mistyped or easy one is objected to beside its field, the number is shown, the PIN never', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/emergency');
  await page.getByRole('button', { name: '暗証番号を設定する' }).press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('123456');
  await page.keyboard.press('Tab');
  await page.keyboard.type('123457');
  await page.keyboard.press('Enter');
  await page.getByText('上の暗証番号と違います').waitFor();
  expect(await page.getByLabel('新しい暗証番号').getAttribute('type')).toBe('password');
  await page.getByLabel('もう一度入力').fill('123456');
  await page.keyboard.press('Enter');
  await page.getByText('続き番号、繰り返しは使えません').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByLabel('新しい暗証番号').fill('739164');
  await page.getByLabel('もう一度入力').fill('739164');
  await page.keyboard.press('Enter');
  await page.getByText('暗証番号を保存しました').waitFor();
  await page.getByText('4821').waitFor();
  expect(await page.content()).not.toContain('739164');
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});

test('the number for switching is named after reading what callers of it will meet; escape means no', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/emergency');
  await page.getByRole('button', { name: /操作用の電話番号/ }).press('Enter');
  await page.getByRole('option', { name: /国保 賦課徴収/ }).click();
  const change = page.getByRole('button', { name: '電話番号を変更する' });
  await change.press('Enter');
  await page.getByText('いつもの案内は流れません').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  const asked = () => server.asked.filter((path) => path === '/api/emergency/telephone').length;
  const before = asked();
  await change.press('Enter');
  await page.getByRole('button', { name: '操作用にする' }).press('Enter');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await expect.poll(asked).toBeGreaterThan(before);
  await page.getByRole('button', { name: /国保 賦課徴収（0725-00-8129）.*操作用の電話番号/ }).waitFor();
  expect(offences).toEqual([]);
  await close();
});

test('who is locked, and until when nobody gets in, stands on the screen', async () => {
  const { page, server, close } = await openPage(browser);
  server.set({ amount: 'many' });
  await page.goto('/emergency');
  await page.getByText('電話での操作を止めています').first().waitFor();
  await page.getByText('間違いが5回続いたため').waitFor();
  expect(await page.getByText('使用停止').count()).toBe(3);
  expect(await axeFinds(page)).toEqual([]);
  await close();
});
