import type { CDPSession, Page } from 'playwright-core';

/** What one action took the page's main thread. */
export type Taken = {
  /**
   * CPU time of the thread itself (Chromium's ThreadTime). Waiting for a processor that others use is not in it; what the measuring takes is:
   * some 1 to 2 ms, told as `idleMsP50`.
   */
  readonly cpuMs: number;
  /** Wall time of the thread's tasks, waiting for a processor included (Chromium's TaskDuration). */
  readonly wallMs: number;
};

/** Run by the page, hence a text. The second frame begins when the first is drawn. */
const FRAME_DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Measures what actions take a page's main thread, each until its frame is drawn. */
export async function watchMainThread(page: Page): Promise<(act: () => Promise<unknown>) => Promise<Taken>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable');
  return async (act) => {
    const before = await read(devTools);
    await act();
    await page.evaluate(FRAME_DRAWN);
    const after = await read(devTools);
    return { cpuMs: after.cpuMs - before.cpuMs, wallMs: after.wallMs - before.wallMs };
  };
}

async function read(devTools: CDPSession): Promise<Taken> {
  const { metrics } = await devTools.send('Performance.getMetrics');
  const ms = (wanted: string) => {
    const metric = metrics.find(({ name }) => name === wanted);
    if (metric === undefined) throw new Error(`Chromium tells no ${wanted}`);
    return metric.value * 1_000;
  };
  return { cpuMs: ms('ThreadTime'), wallMs: ms('TaskDuration') };
}

/** Lets what is under way come to rest: nothing of it counts for the next action. */
export async function settle(page: Page): Promise<void> {
  for (let frame = 0; frame < 60; frame++) await page.evaluate(FRAME_DRAWN);
}
