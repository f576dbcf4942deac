import type { Clock } from '../clock.ts';

/** For tests: a clock that stands still until it is told to go on. */
export class TestClock implements Clock {
  readonly #beganEpochMs = Date.now();
  #passedMs = 0;
  readonly #timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  now = () => this.#beganEpochMs + this.#passedMs;
  monotonicMs = () => this.#passedMs;

  /** Timers that are set. */
  get waiting(): number {
    return this.#timers.size;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#passedMs + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  pass(ms: number): void {
    const untilMs = this.#passedMs + ms;
    for (;;) {
      const [due] = [...this.#timers]
        .filter(({ atMs }) => atMs <= untilMs)
        .toSorted((a, b) => a.atMs - b.atMs);
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#passedMs = due.atMs;
      due.callback();
    }
    this.#passedMs = untilMs;
  }
}
