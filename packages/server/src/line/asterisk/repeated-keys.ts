/** Asterisk 22 acts on a key only this long after the one before (`AST_MIN_DTMF_GAP`), and holds it back until then. */
const LEAST_GAP_MS = 45;
/** A key that was held back and is not told again this long after its time came will not be. */
const PATIENCE_MS = 50;
/**
 * Between two reports of one press lies less than this. SIP INFO at the release is told 45–60 ms after the press's end, so its own
 * length reaches back into the press; INFO at the press begins where the other begins. Two presses of 40 ms lie 37 ms apart.
 */
const TOUCHING_MS = 25;
/** Tones in the sound are found 29–46 ms late, and INFO at the press goes out before the next packet of sound does. */
const TONE_TOUCHING_MS = 80;
/** Where Asterisk listens for tones, their length is a number of blocks of 12.75 ms; lengths that are signalled are round. */
const ROUND_MS = 10;
/** Where both reports of every press have come so far, the second one may be this late: the engine works off one after another. */
const SECOND_REPORT_MS = 500;
const REMEMBERED_MS = 2_000;

type Press = { readonly key: string; readonly durationMs: number; lastToldMs: number; reports: 1 | 2 };

/**
 * Tells presses from what Asterisk says of them, which for one press may be several `ChannelDtmfReceived`:
 *
 * - **Held back.** Asterisk tells of a key when it arrives, and again when it held the key back (it came too close after another
 *   one, or while a key that had no beginning of its own was being acted out) and acts on it later: same key, same length.
 * - **Two methods.** Some gateways report a press by RFC 4733 or in the sound and by SIP INFO as well. The event does not name the
 *   method, but a press is an interval, from its end back by its length: two reports of one press overlap or nearly, two presses do
 *   not. A press has two reports at most. Once a call was seen to report twice, the second report is waited for.
 *
 * Measured on 22.10; docs/decisions/0012-one-press-many-reports.md has the figures and what cannot be told apart.
 * Goes by the engine's own time stamps.
 */
export class RepeatedKeys {
  #presses: Press[] = [];
  #heldBack: { readonly key: string; readonly durationMs: number }[] = [];
  /** When the engine acts on the next key: the latter where it acts this one out, which is not told. */
  #free = { fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY };
  #reportsTwice = false;

  /** @param atMs when the engine told of the key, ms since the epoch */
  isRepeat(key: string, durationMs: number, atMs: number): boolean {
    this.#forget(atMs);
    if (this.#isToldAgain(key, durationMs, atMs)) return true;
    const press = this.#presses.find((each) => this.#isSecondReport(each, key, durationMs, atMs));
    if (press === undefined) this.#presses.push({ key, durationMs, lastToldMs: atMs, reports: 1 });
    else {
      press.reports = 2;
      press.lastToldMs = atMs;
      this.#reportsTwice = true;
    }
    if (atMs < this.#free.untilMs) this.#heldBack.push({ key, durationMs });
    else this.#free = { fromMs: atMs + LEAST_GAP_MS, untilMs: atMs + durationMs + LEAST_GAP_MS };
    return press !== undefined;
  }

  #forget(atMs: number): void {
    if (atMs > this.#free.untilMs + PATIENCE_MS) this.#heldBack = [];
    const missed = this.#presses.some(
      ({ reports, lastToldMs }) => reports === 1 && atMs - lastToldMs > SECOND_REPORT_MS,
    );
    if (missed) this.#reportsTwice = false;
    this.#presses = this.#presses.filter(({ lastToldMs }) => atMs - lastToldMs < REMEMBERED_MS);
  }

  #isToldAgain(key: string, durationMs: number, atMs: number): boolean {
    const at = this.#heldBack.findIndex((held) => held.key === key && held.durationMs === durationMs);
    if (at < 0 || atMs < this.#free.fromMs) return false;
    this.#heldBack.splice(at, 1);
    // A key that is told again is acted out in full.
    const freeMs = atMs + durationMs + LEAST_GAP_MS;
    this.#free = { fromMs: freeMs, untilMs: freeMs };
    const press = this.#presses.findLast((each) => each.key === key);
    if (press !== undefined) press.lastToldMs = atMs;
    return true;
  }

  #isSecondReport(press: Press, key: string, durationMs: number, atMs: number): boolean {
    if (press.key !== key || press.reports === 2) return false;
    const sinceMs = atMs - press.lastToldMs;
    if (this.#reportsTwice && sinceMs <= SECOND_REPORT_MS) return true;
    const isTone = press.durationMs % ROUND_MS === 0 && durationMs % ROUND_MS !== 0;
    return sinceMs - durationMs < (isTone ? TONE_TOUCHING_MS : TOUCHING_MS);
  }
}
