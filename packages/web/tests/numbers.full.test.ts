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

async function axeFinds(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

test('somebody without a mouse opens a number and stops it after reading what callers will meet; escape means no', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/numbers');
  await page.getByRole('grid', { name: '電話番号' }).waitFor();
  await tabTo(page, '[role=row]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '国保 資格給付' }).waitFor();
  const stop = page.getByRole('button', { name: '「停止」にする' });
  await stop.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.getByText('電話には出ず、').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(server.asked).not.toContain('/api/phone-numbers/0725008128/state');
  await stop.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('状態を変えました。').waitFor();
  expect(server.asked).toContain('/api/phone-numbers/0725008128/state');
  expect(offences).toEqual([]);
  await close();
});

test('a target that leads back here is objected to beside its field, which has the focus, and what was typed stays', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/numbers/0725008128');
  await page.getByLabel('停止中の転送先').fill('0725-00-8128');
  await page.getByRole('button', { name: '設定を保存する' }).press('Enter');
  await page.getByText('転送した電話がここへ戻ってきてしまいます').waitFor();
  await page.locator('input[aria-invalid=true]:focus').waitFor();
  expect(await page.getByLabel('停止中の転送先').inputValue()).toBe('0725-00-8128');
  expect(await axeFinds(page)).toEqual([]);
  await close();
});

test('what is planned stands in order with a way to each, and the decisions a number asks for are chosen and saved by keyboard', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/numbers/0725008128');
  const planned = page.getByRole('list', { name: 'これからの予定' }).getByRole('listitem');
  await planned.first().waitFor();
  expect(await planned.allInnerTexts()).toEqual([
    expect.stringContaining('決裁待ち'),
    expect.stringContaining('停止'),
    expect.stringContaining('開始日'),
    expect.stringContaining('手動で'),
  ]);
  await page.getByRole('radio', { name: '1段' }).press('ArrowLeft');
  await page.getByText('自分の起案の決裁を、自分で省くことはできません。').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '段数を保存する' }).press('Enter');
  await page.getByText('次に出す伺いから、この段数になります。').waitFor();
  expect(server.asked).toContain('/api/phone-numbers/0725008128/approval');
  await planned.first().getByRole('link').press('Enter');
  await page.waitForURL(/\/approvals\/proposal-0$/);
  expect(offences).toEqual([]);
  await close();
});

test('an emergency announcement is switched on by one press, stands on every other screen, and is switched off by another', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/emergency');
  await page.getByRole('button', { name: '「大雨による閉庁」を流す' }).press('Enter');
  await page.getByText('緊急アナウンスを流しています').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('link', { name: '通話の記録' }).press('Enter');
  await page.getByRole('heading', { name: '通話の記録' }).waitFor();
  await page.getByText('緊急アナウンスを流しています').waitFor();
  await page.getByRole('link', { name: '緊急アナウンスの画面へ' }).press('Enter');
  await page.getByRole('button', { name: '「大雨による閉庁」を止める' }).press('Enter');
  await page.getByText('緊急アナウンスを流しています').waitFor({ state: 'detached' });
  expect(offences).toEqual([]);
  await close();
});
