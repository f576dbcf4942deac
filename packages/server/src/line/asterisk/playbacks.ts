import { ANSWER_SILENCE_SOUND } from '@madoguchi/telephony/asterisk';
import type { LineEvent } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone, isUnanswered } from './ari-error.ts';
import type { Call } from './call.ts';

const SLOTS = 4;

/**
 * Announcements. Playback ids come from a few slots per call instead of the announcement's own id: ARI cannot list what
 * plays, and after our own restart it must be possible to stop what an earlier life of this process had started.
 */
export class Playbacks {
  readonly #ari: Ari;
  readonly #emit: (event: LineEvent) => void;

  constructor(ari: Ari, emit: (event: LineEvent) => void) {
    this.#ari = ari;
    this.#emit = emit;
  }

  async start(call: Call, id: number, sounds: readonly string[]): Promise<void> {
    const playbackId = slotsOf(call.callId).find((slot) => !call.playing.has(slot) && !call.stale.has(slot));
    if (playbackId === undefined) throw new RangeError('too many announcements wait on one call');
    const media = [...(call.spoken ? [] : [ANSWER_SILENCE_SOUND]), ...sounds]
      .map((path) => `sound:${path}`)
      .join(',');
    // Noted before it is asked for: a short sound can be over before the reply is read.
    call.playing.set(playbackId, { id, stopped: false });
    try {
      await this.#ari.request('POST', `channels/${call.callId}/play/${playbackId}`, { media });
      call.spoken = true;
    } catch (error) {
      call.playing.delete(playbackId);
      // It may play all the same: its end is nobody's, and its id is not free.
      if (isUnanswered(error)) call.stale.add(playbackId);
      throw error;
    }
  }

  async stop(call: Call): Promise<void> {
    for (const playing of call.playing.values()) playing.stopped = true;
    await Promise.all([
      this.#silence(call),
      ...[...call.playing.keys()].map((playbackId) => this.#delete(playbackId)),
    ]);
  }

  finished(call: Call, playbackId: string, state: string): void {
    if (call.stale.delete(playbackId)) return;
    const playing = call.playing.get(playbackId);
    if (playing === undefined) return;
    call.playing.delete(playbackId);
    const { callId } = call;
    if (state === 'failed' && !playing.stopped)
      this.#emit({ type: 'announcementFailed', callId, id: playing.id });
    else this.#emit({ type: 'announced', callId, id: playing.id, completed: !playing.stopped });
  }

  /** Silences what an earlier life of this process had started. */
  async adopt(call: Call): Promise<void> {
    for (const slot of slotsOf(call.callId)) call.stale.add(slot);
    await this.#silence(call);
  }

  /** Reports those that ended while the connection was away, and stops those whose stop may not have been heard. */
  async reconcile(call: Call): Promise<void> {
    await this.#silence(call);
    for (const [playbackId, { stopped }] of [...call.playing]) {
      try {
        await this.#ari.request(stopped ? 'DELETE' : 'GET', `playbacks/${playbackId}`);
      } catch (error) {
        if (!isGone(error)) throw error;
        this.finished(call, playbackId, 'done');
      }
    }
  }

  async #silence(call: Call): Promise<void> {
    await Promise.all(
      [...call.stale].map(async (slot) => {
        if (!(await this.#delete(slot))) call.stale.delete(slot);
      }),
    );
  }

  async #delete(playbackId: string): Promise<boolean> {
    try {
      await this.#ari.request('DELETE', `playbacks/${playbackId}`);
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }
}

/** The call that a playback id names. */
export function callIdOfPlayback(playbackId: string): string {
  return playbackId.replace(/-play\d$/, '');
}

function slotsOf(callId: string): readonly string[] {
  return Array.from({ length: SLOTS }, (_, slot) => `${callId}-play${slot}`);
}
