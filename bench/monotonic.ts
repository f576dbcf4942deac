import type { TelephoneClock } from '@madoguchi/telephony/telephone';

/** CLOCK_MONOTONIC of the machine minus this process's own zero, ms. */
const offsetMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Monotonic ms that all processes of the machine share, so that callers and measurement mean the same moments. */
export function monotonicMs(): number {
  return performance.now() + offsetMs;
}

/** How far the wall clock is ahead of it, ms, exact to some µs: taken at the moment at which `Date.now()` moves on. */
export function wallClockAheadMs(): number {
  const before = Date.now();
  for (;;) {
    const now = Date.now();
    if (now !== before) return now - monotonicMs();
  }
}

/** The telephone's clock on that time. */
export const sharedClock: TelephoneClock = {
  nowMs: monotonicMs,
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
