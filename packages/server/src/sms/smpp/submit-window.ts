/**
 * Lets at most `size` submits be unanswered, in order of asking, and keeps `submitsPerSecond` apart in time (0: no pace).
 */
export class SubmitWindow {
  readonly #intervalMs: number;
  readonly #queue: (() => void)[] = [];
  #free: number;
  #paced: Promise<void> = Promise.resolve();

  constructor(size: number, submitsPerSecond: number) {
    this.#free = size;
    this.#intervalMs = submitsPerSecond === 0 ? 0 : 1_000 / submitsPerSecond;
  }

  /** Runs `submit` when its turn has come; the place is free again when it is done. */
  async run<T>(submit: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      await this.#pace();
      return await submit();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  #pace(): Promise<void> {
    if (this.#intervalMs === 0) return Promise.resolve();
    const turn = this.#paced;
    this.#paced = turn.then(() => new Promise((resolve) => setTimeout(resolve, this.#intervalMs)));
    return turn;
  }
}
