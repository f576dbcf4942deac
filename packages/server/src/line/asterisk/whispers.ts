import { z } from 'zod';
import type { WhisperOrder } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone } from './ari-error.ts';

/** Variable of a leg that was placed with a whisper: the order, for a process that comes after this one. */
export const WHISPER_VARIABLE = 'MADOGUCHI_WHISPER';

const WhisperSchema = z.object({
  sounds: z.array(z.string()),
  acceptKey: z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']).nullable(),
  acceptTimeoutMs: z.number(),
});

/** Between one saying and the next. */
const PAUSE_MS = 1_000;
const SUFFIX = '-whisper';

type Whispering = {
  readonly order: WhisperOrder;
  readonly settle: (accepted: boolean) => void;
  timeout: NodeJS.Timeout;
  again: NodeJS.Timeout | null;
};

/** What staff who picked up hear before they are connected, leg by leg. */
export class Whispers {
  readonly #ari: Ari;
  readonly #background: (work: Promise<unknown>, what: string) => void;
  readonly #legs = new Map<string, Whispering>();

  constructor(ari: Ari, background: (work: Promise<unknown>, what: string) => void) {
    this.#ari = ari;
    this.#background = background;
  }

  /** Calls `settle` once, unless `stop` comes first: with false where no key was pressed in time. */
  start(legId: string, order: WhisperOrder, settle: (accepted: boolean) => void): void {
    const timeout = setTimeout(
      () => this.#settle(legId, order.acceptKey === null),
      order.acceptTimeoutMs,
    ).unref();
    this.#legs.set(legId, { order, settle, timeout, again: null });
    this.#say(legId, order);
  }

  isWhispering(legId: string): boolean {
    return this.#legs.has(legId);
  }

  /** What an earlier life of this process was to whisper to this leg. */
  async orderOf(legId: string): Promise<WhisperOrder> {
    const reply = await this.#ari.request('GET', `channels/${legId}/variable`, {
      variable: WHISPER_VARIABLE,
    });
    return WhisperSchema.parse(JSON.parse(z.object({ value: z.string() }).parse(JSON.parse(reply)).value));
  }

  keyPressed(legId: string, key: string): void {
    if (this.#legs.get(legId)?.order.acceptKey === key) this.#settle(legId, true);
  }

  /** A playback has ended; true where it was a whisper. */
  played(playbackId: string): boolean {
    if (!playbackId.endsWith(SUFFIX)) return false;
    const legId = playbackId.slice(0, -SUFFIX.length);
    const whispering = this.#legs.get(legId);
    if (whispering === undefined) return true;
    if (whispering.order.acceptKey === null) this.#settle(legId, true);
    else whispering.again = setTimeout(() => this.#say(legId, whispering.order), PAUSE_MS).unref();
    return true;
  }

  /** The leg is wanted no more, or gone. */
  stop(legId: string): void {
    const whispering = this.#legs.get(legId);
    if (whispering === undefined) return;
    this.#legs.delete(legId);
    clearTimeout(whispering.timeout);
    if (whispering.again !== null) clearTimeout(whispering.again);
  }

  stopAll(): void {
    for (const legId of [...this.#legs.keys()]) this.stop(legId);
  }

  #say(legId: string, { sounds }: WhisperOrder): void {
    if (sounds.length === 0) return;
    const media = sounds.map((path) => `sound:${path}`).join(',');
    const playing = this.#ari.request('POST', `channels/${legId}/play/${legId}${SUFFIX}`, { media });
    this.#background(playing, 'whisper');
  }

  #settle(legId: string, accepted: boolean): void {
    const whispering = this.#legs.get(legId);
    if (whispering === undefined) return;
    this.stop(legId);
    if (accepted) this.#background(this.#silence(legId), 'end of a whisper');
    whispering.settle(accepted);
  }

  /** Sent before the leg is connected: the engine carries it out first. */
  async #silence(legId: string): Promise<void> {
    try {
      await this.#ari.request('DELETE', `playbacks/${legId}${SUFFIX}`);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}
