/** The only source of time: wall time for calendars, monotonic time for durations. Passed in everywhere, so that tests own it. */
export interface Clock {
  /** Wall time, ms since the epoch. */
  now(): number;
  /** Never goes back, whatever happens to the wall clock; ms from any fixed point. */
  monotonicMs(): number;
  /** Calls `callback` once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** The system's clock with its wall time moved by `offsetMs`; durations are untouched. */
export function offsetClock(offsetMs: number): Clock {
  return { ...systemClock, now: () => Date.now() + offsetMs };
}
