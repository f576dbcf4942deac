import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseFlowFile, sampleFlowFile } from '../development/flow-files.ts';
import { launchBrowser, openPage } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

test('before a file is added it is said what comes along; where the house has it otherwise, that is read before the flow is opened', async () => {
  const { page, offences, close } = await openPage(browser);
  const axeFinds = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id);
  await page.goto('/flows/new?way=file');
  await chooseFlowFile(page, sampleFlowFile());
  await page.getByText('アナウンス集の1件と読み方の1件も入っています').waitFor();
  expect(await axeFinds()).toEqual([]);
  await page.getByRole('button', { name: '2個のフローを追加して開く' }).press('Enter');
  await page.getByText('「挨拶」は、この窓口では違う文章です').waitFor();
  await page.getByText('この窓口では「ノウキ」、ファイルでは「ノーキ」').waitFor();
  expect(await axeFinds()).toEqual([]);
  // The focus is on the way on.
  await page.locator('a:focus', { hasText: '追加したフローを開く' }).press('Enter');
  await page.waitForURL(/\/flows\/[^/?]+$/);
  expect(offences).toEqual([]);
  await close();
});
