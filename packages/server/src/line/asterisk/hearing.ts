import type { SoundEvent } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone } from './ari-error.ts';
import type { AriEvent } from './ari-events.ts';

/** A sound is over after this much silence: shorter than the pause between two words' breaths would split words. */
const SILENCE_MS = 300;
/** Loudness (mean magnitude of samples) from which something counts as sound: Asterisk's own usual value. */
const LOUDNESS = 256;
/** By which a fax answers (CED; ITU-T T.30 5.3.6.1.1): 2,100 Hz for 2.6 to 4 s. */
const FAX_TONE_HZ = 2_100;
const FAX_TONE_MS = 500;

/**
 * Has the engine tell when the other side of a call makes sounds; what they are, nobody listens to. It goes on to the end of the call: the engine was seen
 * not to answer the request that takes it off (measured with 22.10: no reply within 5 s).
 */
export class Hearing {
  readonly #ari: Ari;
  #listener: (sound: SoundEvent) => void = () => undefined;

  constructor(ari: Ari) {
    this.#ari = ari;
  }

  listen(listener: (sound: SoundEvent) => void): void {
    this.#listener = listener;
  }

  async begin(callId: string): Promise<void> {
    await Promise.all([
      this.#set(callId, 'TALK_DETECT(set)', `${SILENCE_MS},${LOUDNESS}`),
      this.#set(callId, `TONE_DETECT(${FAX_TONE_HZ},${FAX_TONE_MS})`, ''),
    ]);
  }

  /** @returns whether the event was of this kind. */
  handle(event: AriEvent): boolean {
    switch (event.type) {
      case 'ChannelTalkingStarted':
        this.#listener({ callId: event.channel.id, type: 'began', agoMs: 0 });
        return true;
      case 'ChannelTalkingFinished':
        this.#listener({ callId: event.channel.id, type: 'ended', agoMs: SILENCE_MS });
        return true;
      case 'ChannelToneDetected':
        this.#listener({ callId: event.channel.id, type: 'faxTone', agoMs: 0 });
        return true;
      default:
        return false;
    }
  }

  async #set(callId: string, variable: string, value: string): Promise<void> {
    try {
      await this.#ari.request('POST', `channels/${callId}/variable`, { variable, value });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}
