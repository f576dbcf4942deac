import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

test('on a small screen every entry of the menu is in sight without scrolling, also while an emergency announcement is on', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('/emergency');
  const menu = page.getByRole('navigation', { name: 'メニュー' });
  await page.getByRole('button', { name: '「大雨による閉庁」を流す' }).press('Enter');
  await menu.getByRole('link', { name: '緊急アナウンス 案内中' }).waitFor();
  const bottoms = await menu
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().bottom));
  expect(bottoms).toHaveLength(14);
  expect(Math.max(...bottoms)).toBeLessThanOrEqual(720);
  expect(offences).toEqual([]);
  await close();
});

test('a screen reader hears of each list what it is about', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/live');
  for (const [group, entry] of [
    ['電話', '市民照会'],
    ['案内', '開庁日カレンダー'],
    ['設定', '回線'],
  ] as const)
    await page.getByRole('list', { name: group }).getByRole('link', { name: entry }).waitFor();
  await close();
});
