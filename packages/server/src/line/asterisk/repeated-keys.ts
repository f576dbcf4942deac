/** Asterisk 22 holds back a key that begins less than this after the end of the one before (`AST_MIN_DTMF_GAP`). */
const LEAST_GAP_MS = 45;
/** A key that was held back and is not told again within this and its own length will not be. */
const PATIENCE_MS = 500;

/**
 * Tells keys from their repeats. Asterisk tells of a key when it arrives, and **again** when it holds the key back because it
 * came too close after another one (packets of a stalled network or a busy machine arrive in bursts) and acts on it later.
 * Measured on 22.10: the repeat has the same key and the same length. Goes by the engine's own time stamps.
 */
export class RepeatedKeys {
  #lastMs = Number.NEGATIVE_INFINITY;
  #heldBack: { readonly key: string; readonly durationMs: number; readonly atMs: number }[] = [];

  /** @param atMs when the engine told of the key, ms since the epoch */
  isRepeat(key: string, durationMs: number, atMs: number): boolean {
    this.#heldBack = this.#heldBack.filter((held) => atMs - held.atMs < PATIENCE_MS + held.durationMs);
    const sinceLastMs = atMs - this.#lastMs;
    this.#lastMs = atMs;
    const first = this.#heldBack[0];
    if (first !== undefined && first.key === key && first.durationMs === durationMs) {
      this.#heldBack.shift();
      return true;
    }
    // Too close for a finger, so the packets were held up. While one is held back, the next ones queue up behind it.
    if (sinceLastMs < durationMs + LEAST_GAP_MS || first !== undefined)
      this.#heldBack.push({ key, durationMs, atMs });
    return false;
  }
}
