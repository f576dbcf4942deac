import type { CallEvent, Key, RunnableFlow, Step } from '@madoguchi/flow';

/** Shown in place of a key that is nobody's business (birth date, 記号番号). */
const HIDDEN_KEY = '●';
/** What follows a hidden key within this time may still belong to it: a number that was longer than the question. */
const ONE_GO_MS = 3_000;

/**
 * Decides which keys of a call are shown on screens and lie open in its records. In a flow that asks for a secret only a key that chose its
 * way in a menu at the press is: one that means nothing yet may be the first digit of a birth date whose question the caller did not wait
 * for, and a wrong one may be typed at the wrong question.
 */
export class ShownKeys {
  readonly #bundle: RunnableFlow;
  readonly #asksForSecret: boolean;
  #hiddenAtMs = Number.NEGATIVE_INFINITY;

  constructor(bundle: RunnableFlow) {
    this.#bundle = bundle;
    this.#asksForSecret = bundle.nodes().some(({ secret }) => secret);
  }

  /** A key as screens show it: itself or `●`. @param atMs on the call's clock; @param step what the key brought about */
  shown(key: Key, atMs: number, step: Step): string {
    if (!this.#asksForSecret) return key;
    const isShown = atMs - this.#hiddenAtMs > ONE_GO_MS && this.#chose(key, step);
    if (!isShown) this.#hiddenAtMs = atMs;
    return isShown ? key : HIDDEN_KEY;
  }

  /** Whether an event's content must not lie open. @param shown what `shown` said of it, '' for other events than keys */
  isSecret(event: CallEvent, shown: string): boolean {
    return shown === HIDDEN_KEY || (event.type === 'heard' && this.#asksForSecret);
  }

  #chose(key: Key, { taken, state }: Step): boolean {
    const [first] = taken;
    if (first === undefined || state.typedAhead.length > 0) return false;
    return first.branch === `key:${key}` && this.#bundle.node(first)?.secret === false;
  }
}
