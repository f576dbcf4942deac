/** Time as the telephone sees it: monotonic milliseconds and timers, so that tests may bring their own. */
export type TelephoneClock = {
  /** Monotonic, in ms, with fractions. */
  nowMs(): number;
  /** Runs `action` once after `delayMs`; the returned function cancels. Such a timer never keeps the process alive. */
  after(delayMs: number, action: () => void): () => void;
};

/** The machine's own monotonic clock. */
export const machineClock: TelephoneClock = {
  nowMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
