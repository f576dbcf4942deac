import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again every 20 ms until `ask` gives something other than null, undefined or false. For things that are only to be seen by looking
 * (rows, files); the deadline catches hanging only.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await ask();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(20);
  }
}
