import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { launchBrowser, openPage } from './test-browser.ts';

/** Catches hanging only. */
const LIMIT = { timeout: 30_000 };
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

// Run by the page, hence texts: this side knows no DOM.
/** How far (in px of the screen) each way begins from the nearest handle that leads on, and ends from the nearest one that leads in. */
const WAY_ENDS = `(() => {
  const boxes = (of) => [...document.querySelectorAll(of)].map((handle) => handle.getBoundingClientRect());
  const [outs, ins] = [boxes('.way-out'), boxes('.way-in')];
  const nearest = (point, all, side) =>
    Math.min(...all.map((box) => Math.hypot(box[side] - point.x, box.top + box.height / 2 - point.y)));
  return [...document.querySelectorAll('.ways path')].map((path) => {
    const toScreen = path.getScreenCTM();
    const at = (length) => path.getPointAtLength(length).matrixTransform(toScreen);
    return [nearest(at(0), outs, 'right'), nearest(at(path.getTotalLength()), ins, 'left')];
  });
})()`;
/** From now on, notes what changes on the page: 'attribute' of what, or what gets and loses parts. */
const WATCH = `globalThis.changed = new Set();
globalThis.watch = new MutationObserver((changes) => {
  for (const { type, target, attributeName } of changes) {
    const within = (of) => target instanceof Element && target.closest(of);
    const where = within('.react-flow__node')?.dataset.id
      ?? ['.react-flow__edges', '.ways'].find(within)
      ?? target.nodeName + '.' + target.className;
    changed.add([where, type === 'attributes' ? attributeName : type].join(' '));
  }
});
globalThis.watch.observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true })`;

async function openCanvas(amount: 'few' | 'many' = 'few') {
  const opened = await openPage(browser);
  opened.server.set({ amount });
  // So large that the few are near enough for their handles while all of them are in view.
  await opened.page.setViewportSize({ width: 1920, height: 1080 });
  await opened.page.goto('/flows/levy');
  await opened.page.locator('.react-flow__node').first().waitFor();
  await opened.page.getByRole('button', { name: '全体を表示' }).click();
  await opened.page.locator('.ways path').first().waitFor({ state: 'attached' });
  return opened;
}

async function centre(of: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error('not in view');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses the mouse on a card and moves it, some steps of the mouse long; the button stays down. */
async function drag(
  page: Page,
  card: Locator,
  by: { readonly x: number; readonly y: number },
): Promise<void> {
  const from = await centre(card);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // React Flow takes a card along from the second movement on.
  await page.mouse.move(from.x + 2, from.y);
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 8 });
}

/** Where the mouse can take hold of ways that end at a card: those at a card that is chosen are shown, too, and do not count. */
async function gripsAt(page: Page, card: Locator) {
  await card.hover();
  const { x, y } = await centre(card.locator('.way-in'));
  const places = await Promise.all((await page.locator('.react-flow__edgeupdater-target').all()).map(centre));
  return places.filter((place) => Math.hypot(place.x - x, place.y - y) < 20);
}

test('while a card is dragged nothing changes but its place and its ways', async () => {
  const { page, close } = await openCanvas();
  const card = page.locator('.react-flow__node').nth(3);
  const id = await card.getAttribute('data-id');
  await drag(page, card, { x: 20, y: 20 });
  await page.evaluate(WATCH);
  const before = await centre(card);
  await page.mouse.move(before.x + 60, before.y + 40, { steps: 10 });
  await expect.poll(async () => Math.round((await centre(card)).x - before.x), LIMIT).not.toBe(0);
  const changed = z.array(z.string()).parse(await page.evaluate('[...changed]'));
  // The ends of its ways that the mouse can take hold of go along.
  const grips = ['.react-flow__edges cx', '.react-flow__edges cy'];
  expect(changed.toSorted()).toEqual([`${id} style`, '.ways d', ...grips].toSorted());
  await page.mouse.up();
  await close();
});

test('a drag is one step: undone at once, and done again', async () => {
  const { page, close } = await openCanvas();
  const card = page.locator('.react-flow__node').nth(3);
  const before = await centre(card);
  await drag(page, card, { x: 80, y: -30 });
  await page.mouse.up();
  const place = async () => {
    const { x, y } = await centre(card);
    return [Math.round((x - before.x) / 10), Math.round((y - before.y) / 10)];
  };
  const moved = await place();
  expect(moved).not.toEqual([0, 0]);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect.poll(place, LIMIT).toEqual([0, 0]);
  await page.getByRole('button', { name: 'やり直す' }).click();
  await expect.poll(place, LIMIT).toEqual(moved);
  await close();
});

test('chosen cards are dragged together', async () => {
  const { page, close } = await openCanvas();
  const cards = [2, 3].map((nth) => page.locator('.react-flow__node').nth(nth));
  const [one, other] = cards;
  if (one === undefined || other === undefined) throw new Error('no cards');
  await one.click();
  await other.click({ modifiers: ['Control'] });
  await expect.poll(() => page.locator('[data-card][aria-pressed=true]').count(), LIMIT).toBe(2);
  const before = await Promise.all(cards.map(centre));
  await drag(page, one, { x: 50, y: 50 });
  await page.mouse.up();
  const after = await Promise.all(cards.map(centre));
  const by = after.map(({ x, y }, nth) =>
    [x - (before[nth]?.x ?? 0), y - (before[nth]?.y ?? 0)].map(Math.round),
  );
  expect(by[0]).not.toEqual([0, 0]);
  expect(by[1]).toEqual(by[0]);
  await close();
});

test('every way begins at its handle and ends at a card, also after a drag', async () => {
  const { page, close } = await openCanvas();
  const connected = await page.locator('.way-out:not(.way-out-free)').count();
  const farthest = async () => {
    const ends = z.array(z.tuple([z.number(), z.number()])).parse(await page.evaluate(WAY_ENDS));
    expect(ends.length).toBe(connected);
    return Math.max(...ends.flat());
  };
  expect(await farthest()).toBeLessThan(1);
  await drag(page, page.locator('.react-flow__node').nth(3), { x: 70, y: 40 });
  expect(await farthest()).toBeLessThan(1);
  await page.mouse.up();
  expect(await farthest()).toBeLessThan(1);
  await close();
});

test('the end of a way is taken from one card and dropped on another', async () => {
  const { page, close } = await openCanvas();
  const cards = page.locator('.react-flow__node');
  const [from, to] = [cards.nth(1), cards.nth(4)];
  const before = [(await gripsAt(page, to)).length, (await gripsAt(page, from)).length];
  const [grip] = await gripsAt(page, from);
  if (grip === undefined) throw new Error('no way leads to the card');
  await page.mouse.move(grip.x, grip.y);
  await page.mouse.down();
  const target = await centre(to.locator('.way-in'));
  await page.mouse.move(target.x, target.y, { steps: 8 });
  await page.mouse.up();
  await expect
    .poll(async () => [(await gripsAt(page, to)).length, (await gripsAt(page, from)).length], LIMIT)
    .toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) - 1]);
  await close();
});

test('cards that are too small to be read keep their names, and show themselves again when they are nearer', async () => {
  const { page, close } = await openCanvas('many');
  const start = page.getByRole('button', { name: /、始まり、/ });
  expect(await start.count()).toBe(1);
  expect(await start.locator('ul').isVisible()).toBe(false);
  const zoomIn = page.getByRole('button', { name: '拡大' });
  await start.focus();
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(async () => {
      await zoomIn.click();
      return await page.locator('[data-card] ul').first().isVisible();
    }, LIMIT)
    .toBe(true);
  await close();
});

test('handles work again after the cards were too small to have any', async () => {
  const { page, close } = await openCanvas();
  await page.setViewportSize({ width: 800, height: 600 });
  const whole = page.getByRole('button', { name: '全体を表示' });
  const handles = page.locator('.way-in');
  await expect
    .poll(async () => {
      await whole.click();
      return await handles.count();
    }, LIMIT)
    .toBe(0);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect
    .poll(async () => {
      await whole.click();
      return await handles.count();
    }, LIMIT)
    .toBeGreaterThan(0);
  const cards = page.locator('.react-flow__node');
  const to = cards.nth(4);
  const before = (await gripsAt(page, to)).length;
  const from = await centre(cards.nth(1).locator('.way-out').first());
  const end = await centre(to.locator('.way-in'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await gripsAt(page, to)).length, LIMIT).toBe(before + 1);
  await close();
});

test('a press on the small map moves the view there, and a card has its new spot on it after a drag', async () => {
  const { page, close } = await openCanvas();
  const map = page.getByRole('img', { name: 'フロー全体の縮図' });
  const spots = map.locator('path').first();
  const before = await spots.getAttribute('d');
  await drag(page, page.locator('.react-flow__node').nth(3), { x: 60, y: 40 });
  expect(await spots.getAttribute('d')).toBe(before);
  await page.mouse.up();
  await expect.poll(() => spots.getAttribute('d'), LIMIT).not.toBe(before);
  const place = async () => await centre(page.locator('.react-flow__node').first());
  const [was, corner] = [await place(), await map.boundingBox()];
  if (corner === null) throw new Error('no map');
  await page.mouse.click(corner.x + 2, corner.y + 2);
  await expect.poll(async () => (await place()).x - was.x, LIMIT).toBeGreaterThan(100);
  expect((await place()).y).toBeGreaterThan(was.y);
  await close();
});
