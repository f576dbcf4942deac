import { isAbsolute, relative } from 'node:path';
import { mayDial } from '@madoguchi/flow';
import { LineError } from '../line-error.ts';
import type { DeskCallEvent, DeskCallOrder } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone, isUnanswered } from './ari-error.ts';
import type { AriEvent } from './ari-events.ts';
import {
  type DeskCall,
  deskChannelId,
  deskFailure,
  deskPlaybackId,
  readDeskChannelId,
  readDeskPlaybackId,
} from './desk-call.ts';
import { ringOut } from './ring-out.ts';
import type { Held } from './take-over.ts';
import type { Trunks } from './trunks.ts';

/** A clerk who answers nothing has heard the recording this often; then it is kept. */
const REVIEWS = 3;

/** Calls to clerks' own telephones, for listening to announcements and for speaking them. */
export class DeskCalls {
  readonly #ari: Ari;
  readonly #application: string;
  readonly #recordingDir: string;
  readonly #trunks: Trunks;
  /** Shared with `trunks`, which counts their lines. */
  readonly #calls: Map<string, DeskCall>;
  readonly #background: (work: Promise<unknown>, what: string) => void;
  #listener: (event: DeskCallEvent) => void = () => undefined;

  constructor(parts: {
    readonly ari: Ari;
    readonly application: string;
    readonly recordingDir: string;
    readonly trunks: Trunks;
    readonly calls: Map<string, DeskCall>;
    /** Runs work that nobody waits for; logs its failure. */
    readonly background: (work: Promise<unknown>, what: string) => void;
  }) {
    this.#ari = parts.ari;
    this.#application = parts.application;
    this.#recordingDir = parts.recordingDir;
    this.#trunks = parts.trunks;
    this.#calls = parts.calls;
    this.#background = parts.background;
  }

  listen(listener: (event: DeskCallEvent) => void): void {
    this.#listener = listener;
  }

  /** The last fence before anything is dialled: what may not be is not, whatever was ordered. */
  async ring(order: DeskCallOrder): Promise<void> {
    const { id, staff, calledNumber } = order;
    if (this.#calls.has(id)) return;
    const trunk = mayDial(staff, { tollFree: false }).allowed
      ? this.#trunks.forDesk(calledNumber)
      : 'notDialable';
    if (trunk === 'noLine' || trunk === 'notDialable') {
      this.#listener({ type: 'failed', id, reason: trunk });
      return;
    }
    const call: DeskCall = {
      order,
      trunkId: trunk.id,
      state: 'ringing',
      rang: false,
      leaving: false,
      settled: false,
      hasRecording: false,
      reviews: 0,
      playback: 0,
    };
    this.#calls.set(id, call);
    const { mayRing } = await ringOut(this.#ari, {
      channelId: deskChannelId(id),
      application: this.#application,
      appArgs: 'desk',
      trunk,
      to: staff,
      calledNumber,
      ringTimeoutMs: order.ringTimeoutMs,
    });
    if (!mayRing) this.#gone(call, null, null);
  }

  async end(id: string): Promise<void> {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    this.#settle(call, { type: 'failed', id, reason: 'stopped' });
    await this.#hangUp(id);
  }

  /** @returns whether the event is of a call to a clerk's own telephone. */
  handle(event: AriEvent): boolean {
    switch (event.type) {
      case 'PlaybackFinished': {
        const named = readDeskPlaybackId(event.playback.id);
        const call = named === null ? undefined : this.#calls.get(named.id);
        if (call !== undefined && !call.leaving && call.playback === named?.playback) this.#played(call);
        return named !== null;
      }
      case 'RecordingFinished':
      case 'RecordingFailed': {
        const id = readDeskChannelId(event.recording.target_uri.replace(/^channel:/, ''));
        const call = id === null ? undefined : this.#calls.get(id);
        if (call?.state === 'recording' && !call.leaving) this.#review(call);
        return id !== null;
      }
      case 'Dial':
        return readDeskChannelId(event.peer.id) !== null;
    }
    const id = readDeskChannelId(event.channel.id);
    if (id === null) return false;
    const call = this.#calls.get(id);
    if (event.type === 'StasisStart') this.#answered(id);
    else if (call === undefined) return true;
    else if (event.type === 'ChannelStateChange') call.rang ||= event.channel.state === 'Ringing';
    else if (event.type === 'ChannelHangupRequest') call.leaving ||= event.soft !== true;
    else if (event.type === 'ChannelDtmfReceived') this.#key(call, event.digit);
    else if (event.type === 'ChannelDestroyed') {
      const sipCode = event.tech_cause !== undefined && event.tech_cause >= 300 ? event.tech_cause : null;
      this.#gone(call, sipCode, event.cause === 0 ? null : event.cause);
    }
    return true;
  }

  /** Makes the calls what the engine holds. What an earlier life of this process had dialled is hung up, never dialled again. */
  takeOver(held: Held): void {
    const there = new Map(held.channels.map(({ channel }) => [channel.id, channel]));
    for (const call of [...this.#calls.values()]) {
      const channel = there.get(deskChannelId(call.order.id));
      if (channel === undefined) this.#gone(call, null, null);
      else if (call.state === 'ringing' && channel.state === 'Up') this.#answered(call.order.id);
      else this.#background(this.#goesOnStill(call), 'desk call');
    }
    for (const channelId of there.keys()) {
      const id = readDeskChannelId(channelId);
      if (id !== null && !this.#calls.has(id)) this.#background(this.#hangUp(id), 'desk call of before');
    }
  }

  /** The engine is gone and all that it carried. */
  lost(): void {
    for (const call of this.#calls.values()) this.#settle(call, { type: 'lost', id: call.order.id });
    this.#calls.clear();
  }

  #answered(id: string): void {
    const call = this.#calls.get(id);
    if (call === undefined || call.settled) {
      // An answer that crossed our hanging up.
      this.#background(this.#hangUp(id), 'desk call that was given up');
      return;
    }
    if (call.state !== 'ringing') return;
    const { task } = call.order;
    if (task.type === 'record') {
      this.#introduce(call);
      return;
    }
    call.state = 'listening';
    this.#listener({ type: 'listening', id });
    this.#say(call, task.sounds);
  }

  #introduce(call: DeskCall): void {
    const { task } = call.order;
    if (task.type !== 'record') return;
    call.state = 'introducing';
    call.reviews = 0;
    this.#say(call, task.sounds.before);
  }

  /** What was being played is over, or could not be played. */
  #played(call: DeskCall): void {
    const { id } = call.order;
    switch (call.state) {
      case 'listening':
        this.#settle(call, { type: 'listened', id, toEnd: true });
        this.#background(this.#hangUp(id), 'desk call');
        return;
      case 'introducing':
        this.#background(this.#record(call), 'recording by telephone');
        return;
      case 'reviewing':
        if (call.reviews < REVIEWS) this.#review(call);
        else this.#keep(call);
        return;
      case 'ending':
        this.#background(this.#hangUp(id), 'desk call');
    }
  }

  async #record(call: DeskCall): Promise<void> {
    const { id, task } = call.order;
    if (task.type !== 'record') return;
    const name = relative(this.#recordingDir, task.recordingPath);
    if (name.startsWith('..') || isAbsolute(name))
      throw new LineError('refused', 'recording outside its folder');
    call.state = 'recording';
    call.hasRecording = true;
    this.#listener({ type: 'recording', id });
    try {
      await this.#ari.request('POST', `channels/${deskChannelId(id)}/record`, {
        name,
        format: 'sln',
        maxDurationSeconds: String(Math.ceil(task.maxDurationMs / 1000)),
        maxSilenceSeconds: String(Math.ceil(task.maxSilenceMs / 1000)),
        ifExists: 'overwrite',
        beep: 'true',
        terminateOn: '#',
      });
    } catch (error) {
      if (isUnanswered(error)) return;
      call.hasRecording = false;
      if (!isGone(error)) await this.#hangUp(id);
      throw error;
    }
  }

  #review(call: DeskCall): void {
    const { id, task } = call.order;
    if (task.type !== 'record') return;
    if (call.state !== 'reviewing') this.#listener({ type: 'reviewing', id });
    call.state = 'reviewing';
    call.reviews += 1;
    this.#say(call, [task.recordingPath, ...task.sounds.choose]);
  }

  #key(call: DeskCall, key: string): void {
    if (call.state !== 'reviewing' || (key !== '1' && key !== '2')) return;
    this.#background(
      unlessGone(this.#ari.request('DELETE', `playbacks/${deskPlaybackId(call)}`)),
      'playback',
    );
    if (key === '1') this.#keep(call);
    else this.#introduce(call);
  }

  #keep(call: DeskCall): void {
    const { id, task } = call.order;
    if (task.type !== 'record') return;
    call.state = 'ending';
    this.#settle(call, { type: 'recorded', id });
    this.#say(call, task.sounds.kept);
  }

  /** Its telephone is gone without our doing, or by it. */
  #gone(call: DeskCall, sipCode: number | null, q850Cause: number | null): void {
    const { id, task } = call.order;
    this.#calls.delete(id);
    if (call.state === 'ringing') {
      const reason = deskFailure({ sipCode, q850Cause, rang: call.rang });
      this.#settle(call, { type: 'failed', id, reason });
    } else if (task.type === 'listen') this.#settle(call, { type: 'listened', id, toEnd: false });
    else if (call.hasRecording) this.#settle(call, { type: 'recorded', id });
    else this.#settle(call, { type: 'failed', id, reason: 'nothingRecorded' });
  }

  /** What cannot be played counts as played. */
  #say(call: DeskCall, sounds: readonly string[]): void {
    call.playback += 1;
    const { playback } = call;
    const work = this.#ari
      .request('POST', `channels/${deskChannelId(call.order.id)}/play/${deskPlaybackId(call)}`, {
        media: sounds.map((path) => `sound:${path}`).join(','),
      })
      .catch((error: unknown) => {
        if (!isUnanswered(error) && !isGone(error) && call.playback === playback) this.#played(call);
        throw error;
      });
    this.#background(work, 'sound to a clerk');
  }

  /** What it was listening to, or what was recorded, may have ended unheard. */
  async #goesOnStill(call: DeskCall): Promise<void> {
    const { task } = call.order;
    const isRecording = call.state === 'recording' && task.type === 'record';
    const name = isRecording ? relative(this.#recordingDir, task.recordingPath) : '';
    try {
      await this.#ari.request(
        'GET',
        isRecording ? `recordings/live/${encodeURIComponent(name)}` : `playbacks/${deskPlaybackId(call)}`,
      );
    } catch (error) {
      if (!isGone(error)) throw error;
      if (isRecording) this.#review(call);
      else this.#played(call);
    }
  }

  #settle(call: DeskCall, event: DeskCallEvent): void {
    if (call.settled) return;
    call.settled = true;
    this.#listener(event);
  }

  async #hangUp(id: string): Promise<void> {
    try {
      await this.#ari.request('DELETE', `channels/${deskChannelId(id)}`, { reason_code: '16' });
    } catch (error) {
      if (!isGone(error)) throw error;
      // One that never came to be ends with no event: its line must not count as taken for ever.
      const call = this.#calls.get(id);
      if (call?.settled === true) this.#calls.delete(id);
    }
  }
}

async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
