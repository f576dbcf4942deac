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
