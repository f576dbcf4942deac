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
