import { monotonicMs } from './monotonic.ts';

const BEAT_MS = 5;
/** Beats this far apart are a punctual process; only what goes beyond is its own lateness. */
const PUNCTUAL_MS = 10;
const STALL_MS = 20;

type Beat = { readonly atMs: number; readonly lookedAtMs: number };

export type LoopReport = {
  /** Longest time in which this process did not look at its sockets. */
  readonly longestStallMs: number;
  /** Share of the time spent in stalls over 20 ms, in percent. */
  readonly stalledPercent: number;
};

/**
 * Knows when this process looked at its sockets, because Node gives no arrival times of the kernel's: a packet that is read at once
 * after the process stood still may have come at any moment of the standstill.
 *
 * A beat is a timer's turn at `atMs`; the event loop then polls the sockets, and the immediate of the same turn runs at `lookedAtMs`.
 * So what is read after `lookedAtMs` came after `atMs` for certain.
 */
export class LoopWatch {
  readonly #beats: Beat[] = [];
  #timer: NodeJS.Timeout | null = null;

  start(): void {
    this.#beats.length = 0;
    this.#timer = setInterval(() => {
      const atMs = monotonicMs();
      setImmediate(() => this.#beats.push({ atMs, lookedAtMs: monotonicMs() }));
    }, BEAT_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** How much later than it came a packet that was read at `readAtMs` may have been read. 0 for a punctual process. */
  ownLatenessMs(readAtMs: number): number {
    const beat = this.#beats.findLast(({ lookedAtMs }) => lookedAtMs < readAtMs);
    return beat === undefined ? 0 : Math.max(0, readAtMs - beat.atMs - PUNCTUAL_MS);
  }

  /** Between two moments (monotonic.ts). */
  report(fromMs: number, toMs: number): LoopReport {
    const beats = this.#beats.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
    const steps = beats.map(({ atMs }, index) => atMs - (beats[index - 1]?.atMs ?? atMs));
    const stalledMs = steps.filter((ms) => ms > STALL_MS).reduce((sum, ms) => sum + ms - BEAT_MS, 0);
    return {
      longestStallMs: Math.max(0, ...steps.map((ms) => ms - BEAT_MS)),
      stalledPercent: (100 * stalledMs) / Math.max(1, toMs - fromMs),
    };
  }
}
