type Pace = {
  /** Submits unanswered at the same time, at most. */
  readonly window: number;
  /** 0: no pace. */
  readonly submitsPerSecond: number;
  readonly throttlePauseMinMs: number;
  readonly throttlePauseMaxMs: number;
  /** After so long one that waits for its turn, and may be given back, is, if the gateway says then that it is too fast. */
  readonly throttledTurnPatienceMs: number;
};

type Waiting = {
  readonly sinceMs: number;
  readonly mayGiveBack: boolean;
  readonly settle: (turn: 'come' | 'givenBack') => void;
};

/**
 * Lets at most `window` submits be unanswered, in order of asking, keeps `submitsPerSecond` apart in time, and holds all of them
 * back for a while when the gateway says that it is too fast. While it says so, one submit at a time tries whether it goes again.
 */
export class SubmitWindow {
  readonly #pace: Pace;
  readonly #intervalMs: number;
  #queue: Waiting[] = [];
  #underWay = 0;
  /** By the monotonic clock: no submit before. */
  #notBefore = 0;
  #pauseMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #isOpen = false;

  constructor(pace: Pace) {
    this.#pace = pace;
    this.#intervalMs = pace.submitsPerSecond === 0 ? 0 : 1_000 / pace.submitsPerSecond;
  }

  /**
   * Runs `submit` when its turn has come; `asksToSlowDown` looks at what came of it.
   * @param givenBack what it comes to where it is given back instead, not submitted; null: it waits as long as it takes
   */
  async run<T>(
    submit: () => Promise<T>,
    asksToSlowDown: (result: T) => boolean,
    givenBack: T | null = null,
  ): Promise<T> {
    const turn = await new Promise<'come' | 'givenBack'>((settle) => {
      this.#queue.push({ sinceMs: performance.now(), mayGiveBack: givenBack !== null, settle });
      if (this.#isOpen) this.open();
      else this.#letGo();
    });
    if (turn === 'givenBack' && givenBack !== null) return givenBack;
    try {
      const result = await submit();
      if (asksToSlowDown(result)) this.#slowDown();
      else this.#pauseMs = 0;
      return result;
    } finally {
      this.#underWay -= 1;
      this.#letGo();
    }
  }

  /** From now on nothing waits for its turn: the submits look themselves whether they are still wanted. */
  open(): void {
    this.#isOpen = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const { settle } of this.#queue.splice(0)) {
      this.#underWay += 1;
      settle('come');
    }
  }

  #slowDown(): void {
    const { throttlePauseMinMs, throttlePauseMaxMs } = this.#pace;
    const now = performance.now();
    // Several submits of one window are throttled together: they are one warning, not many.
    if (this.#pauseMs > 0 && now < this.#notBefore) return;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, throttlePauseMinMs), throttlePauseMaxMs);
    this.#notBefore = now + this.#pauseMs;
    this.#giveBack(now - this.#pace.throttledTurnPatienceMs);
  }

  #giveBack(sinceMs: number): void {
    const isOverdue = (each: Waiting) => each.mayGiveBack && each.sinceMs <= sinceMs;
    const overdue = this.#queue.filter(isOverdue);
    this.#queue = this.#queue.filter((each) => !isOverdue(each));
    for (const { settle } of overdue) settle('givenBack');
  }

  #letGo(): void {
    const window = this.#pauseMs > 0 ? 1 : this.#pace.window;
    while (this.#queue.length > 0 && this.#underWay < window) {
      const now = performance.now();
      if (now < this.#notBefore) {
        this.#timer ??= setTimeout(() => {
          this.#timer = null;
          this.#letGo();
        }, this.#notBefore - now);
        return;
      }
      this.#notBefore = now + this.#intervalMs;
      this.#underWay += 1;
      this.#queue.shift()?.settle('come');
    }
  }
}
