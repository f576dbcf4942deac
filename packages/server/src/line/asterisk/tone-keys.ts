import type { Ari } from './ari.ts';
import { isGone } from './ari-error.ts';
import type { Call } from './call.ts';
import type { Trunks } from './trunks.ts';

/**
 * Keys that come as tones in the sound (trunks with `dtmf: 'inband'`). The engine listens for them and takes them out of the sound; in
 * a talk that would cut a voice that happens to resemble a key, so it listens at all other times only. It tells the other side by
 * a re-INVITE that offers the same as before.
 */
export class ToneKeys {
  readonly #ari: Ari;
  readonly #trunks: Trunks;

  constructor(ari: Ari, trunks: Trunks) {
    this.#ari = ari;
    this.#trunks = trunks;
  }

  /** A talk begins: neither the citizen's nor the staff's tones are keys. */
  async ignore(call: Call): Promise<void> {
    await Promise.all([
      this.#set(call.callId, call.offer.trunkId, 'none'),
      ...[...(call.transfer?.legs.values() ?? [])].map(({ legId, trunkId }) =>
        this.#set(legId, trunkId, 'none'),
      ),
    ]);
  }

  /** The talk is over, or may have ended while nobody of ours was there. */
  async listen(call: Call): Promise<void> {
    await this.#set(call.callId, call.offer.trunkId, 'inband');
  }

  async #set(channelId: string, trunkId: string | null, value: 'none' | 'inband'): Promise<void> {
    if (this.#trunks.byId(trunkId)?.dtmf !== 'inband') return;
    try {
      await this.#ari.request('POST', `channels/${channelId}/variable`, {
        variable: 'PJSIP_DTMF_MODE()',
        value,
      });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}
