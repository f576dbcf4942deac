import type { ReceivedCall } from './citizen-messages.ts';

/** Of such stretches the worst rate is told. */
const STRETCH_MS = 10_000;

/**
 * How well a rate was kept, by the moments at which calls began: over the whole window, and in the worst ten seconds of it.
 * @param atMs of each call, any order; those outside of the window do not count
 */
export function rateFigures(
  atMs: readonly number[],
  window: { readonly fromMs: number; readonly untilMs: number },
  wanted: number,
): { readonly perSecond: number; readonly errorPercent: number; readonly worstStretchErrorPercent: number } {
  const { fromMs, untilMs } = window;
  const within = (from: number, until: number) => atMs.filter((at) => at >= from && at < until).length;
  const errorOf = (from: number, until: number) =>
    (100 * Math.abs((1_000 * within(from, until)) / (until - from) - wanted)) / wanted;
  const stretches = Array.from({ length: Math.floor((untilMs - fromMs) / STRETCH_MS) }, (_, nth) =>
    errorOf(fromMs + nth * STRETCH_MS, fromMs + (nth + 1) * STRETCH_MS),
  );
  return {
    perSecond: (1_000 * within(fromMs, untilMs)) / (untilMs - fromMs),
    errorPercent: errorOf(fromMs, untilMs),
    worstStretchErrorPercent: Math.max(0, ...stretches),
  };
}

/** Calls beyond the first to one telephone, as the answering side received them: each with a Call-ID of its own. */
export function doubleCallsOf(calls: readonly Pick<ReceivedCall, 'to' | 'sipCallId'>[]): number {
  const ids = Map.groupBy(calls, ({ to }) => to)
    .values()
    .map((of) => new Set(of.map(({ sipCallId }) => sipCallId)).size);
  return ids.reduce((sum, count) => sum + count - 1, 0);
}

/** The most calls that went on at one moment. */
export function mostAtOnce(calls: readonly Pick<ReceivedCall, 'atMs' | 'endedAtMs'>[]): number {
  const steps = calls
    .flatMap(({ atMs, endedAtMs }) => [
      { atMs, step: 1 },
      { atMs: endedAtMs ?? Number.POSITIVE_INFINITY, step: -1 },
    ])
    .toSorted((one, other) => one.atMs - other.atMs || one.step - other.step);
  let now = 0;
  let most = 0;
  for (const { step } of steps) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}
