import { mayDial } from '@madoguchi/flow';
import type { Trunk } from '@madoguchi/telephony/trunk';
import type { PlacedCallEvent, PlacedCallFailure, PlacedCallOrder } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone, isUnanswered } from './ari-error.ts';
import type { AriEvent } from './ari-events.ts';
import {
  type PlacedCall,
  placedBridgeId,
  placedChannelId,
  placedFailure,
  readPlacedBridgeId,
  readPlacedChannelId,
  type Side,
} from './placed-call.ts';
import { ringOut } from './ring-out.ts';
import type { Held } from './take-over.ts';
import type { Trunks } from './trunks.ts';

/** The calls that the city places, from ringing the staff telephone to the end of both legs. */
export class PlacedCalls {
  readonly #ari: Ari;
  readonly #application: string;
  readonly #trunks: Trunks;
  /** Shared with `trunks`, which counts their lines. */
  readonly #calls: Map<string, PlacedCall>;
  readonly #background: (work: Promise<unknown>, what: string) => void;
  #listener: (event: PlacedCallEvent) => void = () => undefined;

  constructor(parts: {
    readonly ari: Ari;
    readonly application: string;
    readonly trunks: Trunks;
    readonly calls: Map<string, PlacedCall>;
    /** Runs work that nobody waits for; logs its failure. */
    readonly background: (work: Promise<unknown>, what: string) => void;
  }) {
    this.#ari = parts.ari;
    this.#application = parts.application;
    this.#trunks = parts.trunks;
    this.#calls = parts.calls;
    this.#background = parts.background;
  }

  listen(listener: (event: PlacedCallEvent) => void): void {
    this.#listener = listener;
  }

  /** The last fence before anything is dialled: what may not be is not, whatever was ordered. */
  async place(order: PlacedCallOrder): Promise<void> {
    const { id, staff, citizen, calledNumber } = order;
    if (this.#calls.has(id)) return;
    const allowed = [staff, citizen].every((number) => mayDial(number, { tollFree: false }).allowed);
    const trunk = allowed ? this.#trunks.forPlaced(calledNumber) : 'notDialable';
    if (trunk === 'noLine' || trunk === 'notDialable') {
      this.#listener({ type: 'failed', id, reason: trunk });
      return;
    }
    const call: PlacedCall = {
      id,
      order,
      trunkId: trunk.id,
      state: 'ringingStaff',
      rang: false,
      settled: false,
      legs: new Set(),
    };
    this.#calls.set(id, call);
    await this.#dial(call, order, trunk, 'staff');
  }

  async end(id: string): Promise<void> {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    if (call.state === 'talking') this.#settle(call, { type: 'ended', id, by: 'stop' });
    else this.#settle(call, { type: 'failed', id, reason: 'stopped' });
    await this.#takeDown(call);
  }

  /** @returns whether the event is of a placed call. */
  handle(event: AriEvent): boolean {
    switch (event.type) {
      case 'PlaybackFinished': {
        const id = readPlacedBridgeId(event.playback.id);
        const call = id === null ? undefined : this.#calls.get(id);
        if (call !== undefined) this.#said(call);
        return id !== null;
      }
      case 'Dial': {
        const named = readPlacedChannelId(event.peer.id);
        // 183: its network plays something of its own, which is no answer.
        if (named !== null && event.dialstatus === 'PROGRESS') this.#rings(named.id, named.side);
        return named !== null;
      }
      case 'RecordingFinished':
      case 'RecordingFailed':
        return false;
    }
    const named = readPlacedChannelId(event.channel.id);
    if (named === null) return false;
    if (event.type === 'StasisStart') this.#answered(named.id, named.side);
    else if (event.type === 'ChannelStateChange' && event.channel.state === 'Ringing')
      this.#rings(named.id, named.side);
    else if (event.type === 'ChannelDestroyed') {
      const sipCode = event.tech_cause !== undefined && event.tech_cause >= 300 ? event.tech_cause : null;
      this.#legEnded(named.id, named.side, sipCode, event.cause === 0 ? null : event.cause);
    }
    return true;
  }

  /**
   * Makes the placed calls what the engine holds. Of an earlier life of this process only talks go on; whoever was ringing or waiting is hung
   * up, never dialled again.
   */
  takeOver(held: Held): void {
    const there = new Map(held.channels.map(({ channel }) => [channel.id, channel]));
    const isThere = (id: string, side: Side) => there.has(placedChannelId(id, side));
    for (const call of [...this.#calls.values()]) {
      for (const side of [...call.legs]) {
        if (!isThere(call.id, side)) this.#legEnded(call.id, side, null, null);
        else if (there.get(placedChannelId(call.id, side))?.state === 'Up') this.#answered(call.id, side);
      }
      // What it was listening to may have ended unheard.
      const listens = call.state === 'tellingStaff' || call.state === 'sayingWhy';
      if (listens && this.#calls.has(call.id)) this.#background(this.#listensStill(call), 'announcement');
    }
    for (const [channelId, channel] of there) {
      const named = readPlacedChannelId(channelId);
      if (named === null || this.#calls.has(named.id)) continue;
      const bridgeId = placedBridgeId(named.id);
      const talks = (['staff', 'citizen'] as const).every(
        (side) => held.bridgeOf.get(placedChannelId(named.id, side)) === bridgeId,
      );
      if (!talks) {
        this.#background(this.#hangUp(named.id, named.side), 'placed leg of before');
        continue;
      }
      this.#calls.set(named.id, {
        id: named.id,
        order: null,
        trunkId: this.#trunks.idOfChannel(channel.name),
        state: 'talking',
        rang: true,
        settled: false,
        legs: new Set(['staff', 'citizen']),
      });
    }
    for (const bridgeId of held.bridgeIds) {
      const id = readPlacedBridgeId(bridgeId);
      if (id !== null && !this.#calls.has(id))
        this.#background(this.#removeBridge(id), 'placed bridge of before');
    }
  }

  /** The engine is gone and all that it carried. */
  lost(): void {
    for (const call of this.#calls.values()) this.#settle(call, { type: 'lost', id: call.id });
    this.#calls.clear();
  }

  async #dial(call: PlacedCall, order: PlacedCallOrder, trunk: Trunk, side: Side): Promise<void> {
    call.legs.add(side);
    call.rang = false;
    const { mayRing } = await ringOut(this.#ari, {
      channelId: placedChannelId(call.id, side),
      application: this.#application,
      appArgs: 'placed',
      trunk,
      to: order[side],
      calledNumber: order.calledNumber,
      ringTimeoutMs: order.ringTimeoutMs,
    });
    if (!mayRing) this.#legEnded(call.id, side, null, null);
  }

  #rings(id: string, side: Side): void {
    const call = this.#calls.get(id);
    if (call === undefined || call.rang) return;
    if (side !== (call.state === 'ringingStaff' ? 'staff' : 'citizen')) return;
    call.rang = true;
    if (call.state === 'ringingCitizen')
      this.#background(
        this.#ari.request('POST', `channels/${placedChannelId(id, 'staff')}/ring`),
        'ring tone',
      );
  }

  #answered(id: string, side: Side): void {
    const call = this.#calls.get(id);
    if (call === undefined || call.settled) {
      // An answer that crossed our hanging up.
      this.#background(this.#hangUp(id, side), 'placed leg that was given up');
      return;
    }
    const { order, state } = call;
    if (order === null) return;
    if (side === 'staff' && state === 'ringingStaff') {
      call.state = 'tellingStaff';
      this.#background(this.#say(call, order.sounds.before), 'announcement to staff');
    } else if (side === 'citizen' && state === 'ringingCitizen') {
      call.state = 'bridging';
      this.#background(this.#connect(call), 'connecting a placed call');
    }
  }

  /** An announcement is over, or could not be played: it never keeps staff waiting. */
  #said(call: PlacedCall): void {
    if (call.state === 'sayingWhy') {
      this.#background(this.#takeDown(call), 'placed call');
      return;
    }
    const { order, state } = call;
    if (order === null || state !== 'tellingStaff' || call.settled || !call.legs.has('staff')) return;
    const trunk = this.#trunks.byId(call.trunkId);
    if (trunk === null) {
      this.#citizenNotHad(call, order, 'citizenFailed');
      return;
    }
    call.state = 'ringingCitizen';
    this.#listener({ type: 'ringingCitizen', id: call.id });
    this.#background(this.#dial(call, order, trunk, 'citizen'), 'dialling a citizen');
  }

  async #connect(call: PlacedCall): Promise<void> {
    const { id } = call;
    const bridgeId = placedBridgeId(id);
    const staff = placedChannelId(id, 'staff');
    try {
      // Sent together: the engine carries them out in this order.
      await Promise.all([
        call.rang ? unlessGone(this.#ari.request('DELETE', `channels/${staff}/ring`)) : undefined,
        this.#ari.request('POST', `bridges/${bridgeId}`, { type: 'mixing', name: 'placed' }),
        this.#ari.request('POST', `bridges/${bridgeId}/addChannel`, {
          channel: `${staff},${placedChannelId(id, 'citizen')}`,
        }),
      ]);
    } catch (error) {
      // Two people who cannot hear each other are not left waiting.
      this.#settle(call, { type: 'failed', id, reason: 'citizenFailed' });
      await this.#takeDown(call);
      throw error;
    }
    if (call.settled) return this.#removeBridge(id);
    call.state = 'talking';
    this.#listener({ type: 'talking', id });
  }

  /** A leg is gone without our doing, or by it. */
  #legEnded(id: string, side: Side, sipCode: number | null, q850Cause: number | null): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    call.legs.delete(side);
    const { state, order, rang } = call;
    if (state === 'talking') this.#settle(call, { type: 'ended', id, by: side });
    else if (side === 'staff') {
      const reason =
        state === 'ringingStaff' ? placedFailure('staff', { sipCode, q850Cause, rang }) : 'staffHungUp';
      this.#settle(call, { type: 'failed', id, reason });
    } else if (!call.settled && order !== null && call.legs.has('staff')) {
      this.#citizenNotHad(call, order, placedFailure('citizen', { sipCode, q850Cause, rang }));
      return;
    }
    this.#background(this.#takeDown(call), 'other leg of a placed call');
  }

  #citizenNotHad(call: PlacedCall, { sounds }: PlacedCallOrder, reason: PlacedCallFailure): void {
    const { id } = call;
    const wasRinging = call.rang;
    call.state = 'sayingWhy';
    this.#settle(call, { type: 'failed', id, reason });
    const words =
      reason === 'citizenBusy'
        ? sounds.busy
        : reason === 'citizenUnanswered'
          ? sounds.unanswered
          : sounds.failed;
    const work = Promise.all([
      wasRinging
        ? unlessGone(this.#ari.request('DELETE', `channels/${placedChannelId(id, 'staff')}/ring`))
        : undefined,
      this.#say(call, words),
    ]);
    this.#background(work, 'telling staff why');
  }

  /** What cannot be played counts as said. */
  async #say(call: PlacedCall, sounds: readonly string[]): Promise<void> {
    const { id } = call;
    try {
      await this.#ari.request('POST', `channels/${placedChannelId(id, 'staff')}/play/${placedBridgeId(id)}`, {
        media: sounds.map((path) => `sound:${path}`).join(','),
      });
    } catch (error) {
      if (!isUnanswered(error) && !isGone(error)) this.#said(call);
      throw error;
    }
  }

  async #listensStill(call: PlacedCall): Promise<void> {
    try {
      await this.#ari.request('GET', `playbacks/${placedBridgeId(call.id)}`);
    } catch (error) {
      if (!isGone(error)) throw error;
      this.#said(call);
    }
  }

  #settle(call: PlacedCall, event: PlacedCallEvent): void {
    if (call.settled) return;
    call.settled = true;
    this.#listener(event);
  }

  async #takeDown(call: PlacedCall): Promise<void> {
    const { id, legs } = call;
    const bridged = call.state === 'talking' || call.state === 'bridging';
    if (legs.size === 0) this.#calls.delete(id);
    await Promise.all([
      ...[...legs].map((side) => this.#hangUp(id, side)),
      bridged ? this.#removeBridge(id) : undefined,
    ]);
  }

  async #hangUp(id: string, side: Side): Promise<void> {
    try {
      await this.#ari.request('DELETE', `channels/${placedChannelId(id, side)}`, { reason_code: '16' });
    } catch (error) {
      if (!isGone(error)) throw error;
      // One that never came to be ends with no event: its line must not count as taken for ever.
      const call = this.#calls.get(id);
      call?.legs.delete(side);
      if (call?.legs.size === 0 && call.settled) this.#calls.delete(id);
    }
  }

  async #removeBridge(id: string): Promise<void> {
    await unlessGone(this.#ari.request('DELETE', `bridges/${placedBridgeId(id)}`));
  }
}

async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
