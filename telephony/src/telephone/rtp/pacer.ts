import type { TelephoneClock } from '../clock.ts';

export interface PacedStream {
  /** Sends the next packet. */
  send(): void;
  /** Lets one packet's time pass without sending it. */
  skip(): void;
}

export type Pacing = {
  /** Ticks of 5 ms so far. */
  readonly ticks: number;
  /** Ticks that came more than 20 ms late: the judge's own fault, not the judged one's. */
  readonly lateOver20Ms: number;
  readonly maxLateMs: number;
  /** Packets never sent because the process stood still for more than half a second. */
  readonly skippedTicks: number;
};

const tickMs = 5;
const packetMs = 20;
const slotCount = packetMs / tickMs;
const longestCatchUpTicks = 500 / tickMs;

/**
 * One timer for all streams. Time is a grid of 5 ms from the first start, so nothing drifts; each stream has one of the four
 * places in 20 ms, the emptiest when it joins.
 */
export class Pacer {
  readonly #clock: TelephoneClock;
  readonly #slots: readonly Set<PacedStream>[] = Array.from(
    { length: slotCount },
    () => new Set<PacedStream>(),
  );
  #originMs = 0;
  #next = 0;
  #cancel: (() => void) | null = null;
  #ticks = 0;
  #lateOver20Ms = 0;
  #maxLateMs = 0;
  #skippedTicks = 0;

  constructor(clock: TelephoneClock) {
    this.#clock = clock;
  }

  get pacing(): Pacing {
    return {
      ticks: this.#ticks,
      lateOver20Ms: this.#lateOver20Ms,
      maxLateMs: this.#maxLateMs,
      skippedTicks: this.#skippedTicks,
    };
  }

  add(stream: PacedStream): void {
    const [emptiest] = this.#slots.toSorted((a, b) => a.size - b.size);
    emptiest?.add(stream);
    if (this.#cancel !== null) return;
    this.#originMs = this.#clock.nowMs();
    this.#next = 0;
    this.#schedule();
  }

  remove(stream: PacedStream): void {
    for (const slot of this.#slots) slot.delete(stream);
    if (this.#slots.some((slot) => slot.size > 0)) return;
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(): void {
    const dueMs = this.#originMs + this.#next * tickMs;
    this.#cancel = this.#clock.after(Math.max(0, dueMs - this.#clock.nowMs()), () => this.#run());
  }

  #run(): void {
    const nowMs = this.#clock.nowMs();
    const lateMs = nowMs - (this.#originMs + this.#next * tickMs);
    this.#maxLateMs = Math.max(this.#maxLateMs, lateMs);
    if (lateMs > 20) this.#lateOver20Ms++;
    // A timer may fire a fraction of a millisecond early.
    const last = Math.floor((nowMs + 1 - this.#originMs) / tickMs);
    for (; this.#next <= last; this.#next++) {
      this.#ticks++;
      const skip = last - this.#next > longestCatchUpTicks;
      if (skip) this.#skippedTicks++;
      for (const stream of this.#slots[this.#next % slotCount] ?? []) {
        if (skip) stream.skip();
        else stream.send();
      }
    }
    if (this.#slots.some((slot) => slot.size > 0)) this.#schedule();
    else this.#cancel = null;
  }
}
