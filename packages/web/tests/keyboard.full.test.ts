import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, PASSWORD, tabTo } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

test('somebody without a mouse signs in, opens a call, hears its recording, searches, sends an SMS and signs out; nothing leaves our origin', async () => {
  const { page, server, offences, close } = await openPage(browser, { signedIn: false });
  await page.goto('/');

  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
  await page.keyboard.type('clerk@city.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');

  await page.getByRole('grid', { name: '通話中の電話' }).waitFor();
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await tabTo(page, 'a[href="#main"]', 60);
  await tabTo(page, '[role=grid] *');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: '通話の流れ' }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.getByText('職員が電話に出ました').waitFor();
  await tabTo(page, 'audio');
  await page.keyboard.press('Space');
  await expect
    .poll(() => page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0), { timeout: 10_000 })
    .toBeGreaterThan(0);

  await page.keyboard.press('Control+Home');
  await page.evaluate(() => document.querySelector<HTMLElement>('h1')?.focus());
  for (let back = 0; back < 30; back += 1) {
    await page.keyboard.press('Shift+Tab');
    if (await page.evaluate(() => document.activeElement?.matches('nav a[href="/calls"]') ?? false)) break;
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '通話の記録' }).waitFor();
  await page.getByRole('grid', { name: '通話の記録' }).waitFor();
  await tabTo(page, 'form[role=search] input[inputmode=tel]');
  await page.keyboard.type('０９０－００００');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/calls?number=*');
  await page.getByText(/件を表示しています/).waitFor();

  await page.goto('/sms');
  await page.getByRole('heading', { name: 'SMSの試し送信' }).waitFor();
  await tabTo(page, 'input[type=tel]');
  await page.keyboard.type('090-0000-0001');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText('納'.repeat(71));
  expect(await page.getByText('2通分').first().isVisible()).toBe(true);
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('SMSの送信を受け付けました').waitFor();
  expect(server.asked.filter((path) => path === '/api/sms/test')).toHaveLength(1);

  await page.getByRole('button', { name: 'ログアウト' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  expect(offences).toEqual([]);
  await close();
});

test('escape closes the question before sending and nothing is sent', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/sms');
  await page.getByLabel('送り先の電話番号').fill('09000000001');
  await page.getByLabel('本文').fill('試し');
  await page.getByRole('button', { name: '送信の確認へ' }).press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(server.asked).not.toContain('/api/sms/test');
  await close();
});

test('a wrong password and a lock-out are told apart in words', async () => {
  const { page, close } = await openPage(browser, { signedIn: false });
  await page.goto('/sign-in');
  const attempt = async () => {
    await page.getByLabel('メールアドレス').fill('clerk@city.example');
    await page.getByLabel('パスワード', { exact: true }).fill('wrong');
    const answered = page.waitForResponse('**/api/auth/sign-in/email');
    await page.getByRole('button', { name: 'ログイン' }).press('Enter');
    await answered;
  };
  await attempt();
  await page.getByText('メールアドレスまたはパスワードが正しくありません。').waitFor();
  for (let more = 0; more < 5; more += 1) await attempt();
  await page.getByText('いまはログインできません').waitFor();
  await page.getByText(/15分ほど待って/).waitFor();
  await close();
});

test('the next 50 calls are shown below the first', async () => {
  const { page, server, close } = await openPage(browser);
  server.set({ amount: 'many' });
  await page.goto('/calls');
  await page.getByText('新しい順に50件を表示しています').waitFor();
  await page.getByRole('button', { name: '次の50件を表示する' }).press('Enter');
  await page.getByText('新しい順に100件を表示しています').waitFor();
  await close();
});
