import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const SMALL = { width: 1280, height: 720 };

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (box === null) throw new Error('not in sight');
  return box;
}

test('on a small screen the canvas keeps most of the height, and the window itself does not scroll', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.setViewportSize(SMALL);
  for (const mode of ['edit', 'trial', 'replay']) {
    await page.goto(`/flows/levy?mode=${mode}`);
    await page.locator('.react-flow__node').first().waitFor();
    await page
      .getByText(/設定を変えられます|電話をかける」を押すと|この日から/)
      .first()
      .waitFor();
    const { height } = await boxOf(page.getByRole('region', { name: 'フローの図' }));
    expect(height).toBeGreaterThan(500);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(
      SMALL.height,
    );
  }
  expect(offences).toEqual([]);
  await close();
});

test('while an emergency announcement is on, the canvas gives the room for the notice, and the window still does not scroll', async () => {
  const { page, close } = await openPage(browser);
  await page.setViewportSize(SMALL);
  await page.goto('/emergency');
  await page.evaluate(async () => {
    const body = JSON.stringify({ endsAt: new Date(Date.now() + 3_600_000).toISOString() });
    const headers = { 'content-type': 'application/json' };
    await fetch('/api/emergency/e0/on', { method: 'POST', headers, body });
  });
  await page.goto('/flows/levy');
  await page.getByText('緊急アナウンスを流しています').waitFor();
  await page.locator('.react-flow__node').first().waitFor();
  const canvas = await boxOf(page.getByRole('region', { name: 'フローの図' }));
  expect(canvas.y + canvas.height).toBeLessThanOrEqual(SMALL.height);
  expect(canvas.height).toBeGreaterThan(350);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(SMALL.height);
  expect(
    await page.evaluate(() => {
      const main = document.querySelector('main');
      return main === null || main.scrollHeight > main.clientHeight;
    }),
  ).toBe(false);
  await close();
});

test('within the toolbar one moves by arrow keys; Tab leaves it at once', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/flows/levy');
  const toolbar = page.getByRole('toolbar', { name: 'フローの操作' });
  const focused = page.locator(':focus');
  await toolbar.getByRole('button', { name: '図', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await toolbar.getByRole('button', { name: '一覧', exact: true }).and(focused).waitFor();
  await page.keyboard.press('ArrowLeft');
  await toolbar.getByRole('button', { name: '図', exact: true }).and(focused).waitFor();
  await page.keyboard.press('Tab');
  await expect.poll(() => toolbar.locator(':focus').count()).toBe(0);
  await close();
});

test('where nothing is to be mended, the toolbar counts the warnings alone', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/flows/levy');
  await page.getByRole('button', { name: /^(直すところなし|注意\d+件|直すところ[1-9]\d*件)/ }).waitFor();
  expect(await page.getByText(/直すところ0件/).count()).toBe(0);
  await close();
});

test('on a small screen what is said in a trial is read in lines, and the conditions stand inside their frame', async () => {
  const { page, close } = await openPage(browser);
  await page.setViewportSize(SMALL);
  await page.goto('/flows/levy?mode=trial');
  const panel = page.getByRole('complementary', { name: 'お試し' });
  const { x, width } = await boxOf(panel);
  const time = await boxOf(panel.getByLabel(/^時刻/));
  expect(time.x + time.width).toBeLessThan(x + width);
  await page.getByRole('button', { name: '電話をかける' }).click();
  const said = panel.getByRole('list', { name: '通話の流れ' }).getByText(/お電話ありがとうございます/);
  expect((await boxOf(said)).width).toBeGreaterThan(200);
  await close();
});

test('who comes for one node finds it in the middle of the picture, with the focus on it', async () => {
  const { page, close } = await openPage(browser);
  await page.setViewportSize(SMALL);
  await page.goto('/flows/levy?node=staffBusy');
  const card = page.locator('[data-card=staffBusy]');
  await card.and(page.locator(':focus')).waitFor();
  const canvas = await boxOf(page.getByRole('region', { name: 'フローの図' }));
  await expect
    .poll(async () => {
      const { x, width } = await boxOf(card);
      return Math.abs(x + width / 2 - (canvas.x + canvas.width / 2));
    })
    .toBeLessThan(20);
  await close();
});
