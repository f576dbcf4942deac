import { provision } from '@madoguchi/telephony';
import type { CDPSession, Page } from 'playwright-core';
import { z } from 'zod';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { startFakeServer } from '../packages/web/development/fake-server.ts';
import { builtPage } from '../packages/web/tests/built-page.ts';
import { percentile, rounded } from './figures.ts';
import { describeMachine, loadNow } from './machine.ts';

const STEPS = 240;
/** Not measured: code that runs for the first time. */
const WARM_STEPS = 40;
const FRAME_MS = 1000 / 60;

// Run by the page, hence texts: this side knows no DOM.
const NEXT_FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
const COUNT_IN_VIEW = `[...document.querySelectorAll('.react-flow__node')].filter((node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
}).length`;

/**
 * Drags one of 300 nodes, all in view, over the canvas of the built admin page in Chromium at 1920 × 1080.
 *
 * `mainThreadMs…`: time that the page's main thread was busy for one step of the mouse, until its frame was drawn (Chromium's own TaskDuration).
 */
export async function benchCanvas({ onProgress }: { readonly onProgress: (line: string) => void }) {
  const loadBefore = loadNow();
  const tools = await provision(['chromium'], () => undefined);
  process.env['MADOGUCHI_CHROMIUM'] ??= tools.chromium.command;
  onProgress('building the page');
  const server = await startFakeServer({ webDist: await builtPage(), now: () => Date.now(), signedIn: true });
  server.set({ amount: 'many' });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'ja-JP' });
    await page.goto(`${server.url}/flows/levy`);
    await page.locator('.react-flow__node').first().waitFor();
    await page.getByRole('button', { name: '全体を表示' }).click();
    const nodes = await page.locator('.react-flow__node').count();
    await settle(page);
    const inView = z.number().parse(await page.evaluate(COUNT_IN_VIEW));
    onProgress(`${nodes} nodes, ${inView} of them in view; dragging`);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const measured = await drag(page, cdp);
    return {
      bench: 'canvas' as const,
      nodes,
      nodesInView: inView,
      steps: measured.length,
      mainThreadMsP50: rounded(percentile(measured, 0.5)),
      mainThreadMsP95: rounded(percentile(measured, 0.95)),
      /** Steps that one frame at 60 Hz was enough for. */
      framesKeptPercent: rounded((100 * measured.filter((ms) => ms <= FRAME_MS).length) / measured.length),
      machine: { ...describeMachine(), loadBefore },
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @returns ms of the main thread for each measured step. */
async function drag(page: Page, cdp: CDPSession): Promise<number[]> {
  const box = await page.locator('.react-flow__node').nth(150).boundingBox();
  if (box === null) throw new Error('the card is not in view');
  let x = box.x + box.width / 2;
  let y = box.y + 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  const measured: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    x += Math.cos(step / 20) * 4;
    y += Math.sin(step / 20) * 4;
    const before = await busyMs(cdp);
    await page.mouse.move(x, y);
    await page.evaluate(NEXT_FRAME);
    const taken = (await busyMs(cdp)) - before;
    if (step >= WARM_STEPS) measured.push(taken);
  }
  await page.mouse.up();
  return measured;
}

async function busyMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const duration = metrics.find(({ name }) => name === 'TaskDuration');
  if (duration === undefined) throw new Error('Chromium tells no TaskDuration');
  return duration.value * 1_000;
}

async function settle(page: Page): Promise<void> {
  for (let frame = 0; frame < 60; frame++) await page.evaluate(NEXT_FRAME);
}
