import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeCall } from '../development/fake-calls.ts';
import { launchBrowser, openPage, PASSWORD } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

test('a key press is on the live page within a second', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/live');
  await page.getByRole('grid', { name: '通話中の電話' }).waitFor();
  const call = { ...fakeCall(0, Date.now(), false), keys: '907', lastSeq: 99 };
  server.tell(call);
  await page
    .getByRole('grid', { name: '通話中の電話' })
    .getByText('9 0 7')
    .waitFor({ state: 'attached', timeout: 1_000 });
  await close();
});

test('while the stream is away the page says so; when it is back the page is current again', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/live');
  await page.getByText('自動で更新しています').waitFor();
  server.cutStreams(true);
  await page.getByText(/つなぎ直しています/).waitFor();
  expect(await page.getByRole('grid', { name: '通話中の電話' }).isVisible()).toBe(true);
  server.cutStreams(false);
  await page.getByText('自動で更新しています').waitFor({ timeout: 30_000 });
  await close();
});

test.each([
  ['/live', 'ただいまの通話'],
  ['/sms', 'SMSの試し送信'],
])('when the session ends on %s, signing in again leads back to it', async (path, heading) => {
  const { page, server, close } = await openPage(browser);
  await page.goto(path);
  await page.getByRole('grid').first().waitFor();
  server.endSession();
  await page.getByText('ログインの有効期限が切れました').waitFor({ timeout: 15_000 });
  await page.getByLabel('メールアドレス').fill('clerk@city.example');
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'ログイン' }).press('Enter');
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe(path);
  await close();
});

test('an address opened while signed out is remembered, search and all', async () => {
  const { page, close } = await openPage(browser, { signedIn: false });
  await page.goto('/calls?number=0900&from=2026-01-01');
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  await page.getByLabel('メールアドレス').fill('clerk@city.example');
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'ログイン' }).press('Enter');
  await page.getByRole('heading', { name: '通話の記録' }).waitFor();
  expect(new URL(page.url()).searchParams.get('from')).toBe('2026-01-01');
  expect(await page.getByLabel('発信元番号の一部').inputValue()).toBe('0900');
  await close();
});

test('nobody is led to another site by the address of the sign-in page', async () => {
  const { page, server, offences, close } = await openPage(browser, { signedIn: false });
  await page.goto('/sign-in?back=//elsewhere.example/');
  await page.getByLabel('メールアドレス').fill('clerk@city.example');
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'ログイン' }).press('Enter');
  await page.getByRole('heading', { name: 'ただいまの通話' }).waitFor();
  expect(page.url().startsWith(server.url)).toBe(true);
  expect(offences).toEqual([]);
  await close();
});
