import { isDeepStrictEqual } from 'node:util';
import { ANSWER_SILENCE_SOUND } from '@madoguchi/telephony/asterisk';
import type { LineEvent } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone, isUnanswered } from './ari-error.ts';
import type { Call } from './call.ts';

/** One is heard, one follows it, the others are on their way out: a caller may cut several short before the engine told of the first. */
const SLOTS = 8;

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
    const { ahead } = call;
    if (ahead !== null && isDeepStrictEqual(ahead.sounds, sounds)) {
      call.ahead = null;
      call.playing.set(ahead.playbackId, { id, stopped: false });
      if (ahead.over !== null) this.finished(call, ahead.playbackId, ahead.over);
      return;
    }
    this.#giveUpAhead(call);
    const playbackId = freeSlot(call);
    const media = [...(call.spoken ? [] : [ANSWER_SILENCE_SOUND]), ...sounds];
    // Noted before it is asked for: a short sound can be over before the reply is read.
    call.playing.set(playbackId, { id, stopped: false });
    try {
      await Promise.all([this.#silence(call), this.#play(call, playbackId, media)]);
      call.spoken = true;
    } catch (error) {
      call.playing.delete(playbackId);
      throw error;
    }
  }

  /** The engine plays one thing after another by itself: nothing of ours lies between them. */
  async startAhead(call: Call, afterId: number, sounds: readonly string[]): Promise<void> {
    const isHeard = [...call.playing.values()].some(({ id, stopped }) => id === afterId && !stopped);
    if (!isHeard || call.ahead !== null) return;
    const ahead = { playbackId: freeSlot(call), sounds, over: null };
    call.ahead = ahead;
    try {
      await this.#play(call, ahead.playbackId, sounds);
    } catch (error) {
      if (call.ahead === ahead) call.ahead = null;
      else this.finished(call, ahead.playbackId, 'failed');
      throw error;
    }
  }

  async #play(call: Call, playbackId: string, sounds: readonly string[]): Promise<void> {
    const media = sounds.map((path) => `sound:${path}`).join(',');
    try {
      await this.#ari.request('POST', `channels/${call.callId}/play/${playbackId}`, { media });
    } catch (error) {
      // It may play all the same: its end is nobody's, and its id is not free.
      if (isUnanswered(error)) call.stale.add(playbackId);
      throw error;
    }
  }

  /** Nobody's from now on; `#silence` stops it. */
  #giveUpAhead(call: Call): void {
    const { ahead } = call;
    call.ahead = null;
    if (ahead !== null && ahead.over === null) call.stale.add(ahead.playbackId);
  }

  async stop(call: Call): Promise<void> {
    for (const playing of call.playing.values()) playing.stopped = true;
    this.#giveUpAhead(call);
    await Promise.all([
      // First what follows: it would be heard for a moment at the end of what is heard now.
      this.#silence(call),
      ...[...call.playing.keys()].map((playbackId) => this.#delete(playbackId)),
    ]);
  }

  finished(call: Call, playbackId: string, state: string): void {
    if (call.stale.delete(playbackId)) return;
    if (call.ahead?.playbackId === playbackId) {
      call.ahead.over = state;
      return;
    }
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
    this.#giveUpAhead(call);
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

function freeSlot(call: Call): string {
  const isFree = (slot: string) =>
    !call.playing.has(slot) && !call.stale.has(slot) && call.ahead?.playbackId !== slot;
  const playbackId = slotsOf(call.callId).find(isFree);
  if (playbackId === undefined) throw new RangeError('too many announcements wait on one call');
  return playbackId;
}

function slotsOf(callId: string): readonly string[] {
  return Array.from({ length: SLOTS }, (_, slot) => `${callId}-play${slot}`);
}
