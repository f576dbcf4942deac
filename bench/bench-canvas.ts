import { writeFile } from 'node:fs/promises';
import { provision } from '@madoguchi/telephony';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { startFakeServer } from '../packages/web/development/fake-server.ts';
import { builtPage } from '../packages/web/tests/built-page.ts';
import { percentile, rounded } from './figures.ts';
import { describeMachine, loadNow } from './machine.ts';
import { settle, type Taken, watchMainThread } from './main-thread.ts';

const STEPS = 240;
/** Not measured: code that runs for the first time. */
const WARM_STEPS = 40;
const FRAME_MS = 1000 / 60;
/** Typed into a card's title. */
const TYPED = 'にほんごのだいめいをここにいれてためします'.repeat(2);

// Run by the page, hence a text: this side knows no DOM.
const COUNT_IN_VIEW = `(() => {
  const view = document.querySelector('.react-flow').getBoundingClientRect();
  return [...document.querySelectorAll('.react-flow__node')].filter((node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return left >= view.left && top >= view.top && right <= view.right && bottom <= view.bottom;
  }).length;
})()`;

type Measure = (act: () => Promise<unknown>) => Promise<Taken>;

/**
 * Works on a flow of 300 nodes in Chromium at 1920 × 1080, on the built admin page: opens it, drags one of them over the canvas while all are in
 * view, zooms, pans, and types a title. `mainThreadMs…`: CPU time of the page's main thread for one step of the dragging mouse, until its frame
 * was drawn; the figures of what else is done likewise.
 *
 * @param profile where to write a CPU profile of the drag (for Chromium's DevTools); its figures count for nothing.
 */
export async function benchCanvas({
  onProgress,
  profile,
}: {
  readonly onProgress: (line: string) => void;
  readonly profile?: string | undefined;
}) {
  const loadBefore = loadNow();
  const tools = await provision(['chromium'], () => undefined);
  process.env['MADOGUCHI_CHROMIUM'] ??= tools.chromium.command;
  onProgress('building the page');
  const server = await startFakeServer({ webDist: await builtPage(), now: () => Date.now(), signedIn: true });
  server.set({ amount: 'many' });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'ja-JP' });
    await page.goto(`${server.url}/flows`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const measure = await watchMainThread(page);
    const opening = await measure(async () => {
      await page.goto(`${server.url}/flows/levy`);
      await page.locator('.react-flow__node').first().waitFor();
      await settle(page);
    });
    await page.getByRole('button', { name: '全体を表示' }).click();
    await settle(page);
    const nodes = await page.locator('.react-flow__node').count();
    const inView = z.number().parse(await page.evaluate(COUNT_IN_VIEW));
    const idle = await repeat(20, () => measure(async () => undefined));
    onProgress(`${nodes} nodes, ${inView} of them in view; dragging`);
    const steps = await (profile === undefined
      ? drag(page, measure)
      : profiled(page, profile, () => drag(page, measure)));
    await settle(page);
    onProgress('zooming and panning');
    const zooming = await repeat(40, (nth) => measure(() => page.mouse.wheel(0, nth < 20 ? -60 : 60)));
    const panning = await pan(page, measure);
    onProgress('typing');
    const title = page.getByRole('textbox', { name: '題名' });
    await title.fill('');
    await settle(page);
    const typing = await repeat(TYPED.length, (nth) =>
      measure(() => page.keyboard.insertText(TYPED[nth] ?? '')),
    );
    return {
      bench: 'canvas' as const,
      nodes,
      nodesInView: inView,
      steps: steps.length,
      mainThreadMsP50: cpu(steps, 0.5),
      mainThreadMsP95: cpu(steps, 0.95),
      /** Steps that one frame at 60 Hz was enough for, on the wall's clock. */
      framesKeptPercent: rounded(
        (100 * steps.filter(({ wallMs }) => wallMs <= FRAME_MS).length) / steps.length,
      ),
      openingMs: rounded(opening.cpuMs),
      zoomMsP50: cpu(zooming, 0.5),
      zoomMsP95: cpu(zooming, 0.95),
      panMsP50: cpu(panning, 0.5),
      panMsP95: cpu(panning, 0.95),
      typingMsP50: cpu(typing, 0.5),
      typingMsP95: cpu(typing, 0.95),
      idleMsP50: cpu(idle, 0.5),
      machine: { ...describeMachine(), loadBefore },
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Drags a card in wide circles, a few pixels a step, as a hand does. */
async function drag(page: Page, measure: Measure): Promise<readonly Taken[]> {
  const card = page.locator('.react-flow__node').nth(150);
  const from = await card.boundingBox();
  if (from === null) throw new Error('the card is not in view');
  const at = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  const taken = await repeat(STEPS, (nth) => {
    at.x += Math.cos(nth / 20) * 4;
    at.y += Math.sin(nth / 20) * 4;
    return measure(() => page.mouse.move(at.x, at.y));
  });
  const to = await card.boundingBox();
  await page.mouse.up();
  const error =
    to === null
      ? Number.POSITIVE_INFINITY
      : Math.abs(at.x - to.x - to.width / 2) + Math.abs(at.y - to.y - to.height / 2);
  // React Flow begins some pixels late.
  if (error > 10) throw new Error('the card does not follow the mouse');
  return taken.slice(WARM_STEPS);
}

async function pan(page: Page, measure: Measure): Promise<readonly Taken[]> {
  const view = await page.locator('.react-flow').boundingBox();
  if (view === null) throw new Error('the canvas is not in view');
  const at = { x: view.x + view.width - 300, y: view.y + 20 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  const taken = await repeat(60, (nth) => measure(() => page.mouse.move(at.x - nth * 4, at.y + nth * 2)));
  await page.mouse.up();
  return taken.slice(10);
}

async function profiled<T>(page: Page, path: string, act: () => Promise<T>): Promise<T> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Profiler.enable');
  await devTools.send('Profiler.start');
  const done = await act();
  const { profile } = await devTools.send('Profiler.stop');
  await writeFile(path, JSON.stringify(profile));
  return done;
}

async function repeat<T>(times: number, act: (nth: number) => Promise<T>): Promise<readonly T[]> {
  const done: T[] = [];
  for (let nth = 0; nth < times; nth++) done.push(await act(nth));
  return done;
}

function cpu(taken: readonly Taken[], share: number): number | null {
  return rounded(
    percentile(
      taken.map(({ cpuMs }) => cpuMs),
      share,
    ),
  );
}
