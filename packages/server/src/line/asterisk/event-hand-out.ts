import { KeySchema } from '@madoguchi/flow';
import type { LineEvent, SurvivingCall } from '../port.ts';
import type { Ari } from './ari.ts';
import type { AriChannel, AriEvent } from './ari-events.ts';
import type { Attempts } from './attempts.ts';
import { type Call, callOf, type Leg, readLegId, survivingCall, type Transfer } from './call.ts';
import type { DeskCalls } from './desk-calls.ts';
import type { Forwards } from './forwards.ts';
import { markAsOverflow } from './overflow-mark.ts';
import type { PlacedCalls } from './placed-calls.ts';
import { callIdOfPlayback, type Playbacks } from './playbacks.ts';
import type { Transfers } from './transfers.ts';
import type { Trunks } from './trunks.ts';
import type { Voicemails } from './voicemails.ts';

type Parts = {
  readonly ari: Ari;
  readonly emit: (event: LineEvent) => void;
  /** Kept here: who is let in, and who has gone. */
  readonly calls: Map<string, Call>;
  readonly placed: PlacedCalls;
  readonly desk: DeskCalls;
  readonly attempts: Attempts;
  readonly forwards: Forwards;
  readonly playbacks: Playbacks;
  readonly transfers: Transfers;
  readonly trunks: Trunks;
  readonly voicemails: Voicemails;
  /** Runs work that nobody waits for; logs its failure. */
  readonly background: (work: Promise<unknown>, what: string) => void;
};

type FoundLeg = { readonly call: Call; readonly transfer: Transfer; readonly leg: Leg };

type ChannelEvent = Extract<
  AriEvent,
  {
    type:
      | 'ChannelDestroyed'
      | 'ChannelDtmfReceived'
      | 'ChannelHangupRequest'
      | 'ChannelStateChange'
      | 'StasisEnd';
  }
>;

/** Hands out the engine's events: finds the call or leg that each is of, and reports what it means. */
export class EventHandOut {
  readonly #ari: Ari;
  readonly #emit: (event: LineEvent) => void;
  readonly #calls: Map<string, Call>;
  readonly #placed: PlacedCalls;
  readonly #desk: DeskCalls;
  readonly #attempts: Attempts;
  readonly #forwards: Forwards;
  readonly #playbacks: Playbacks;
  readonly #transfers: Transfers;
  readonly #trunks: Trunks;
  readonly #voicemails: Voicemails;
  readonly #background: Parts['background'];

  constructor(parts: Parts) {
    this.#ari = parts.ari;
    this.#emit = parts.emit;
    this.#calls = parts.calls;
    this.#placed = parts.placed;
    this.#desk = parts.desk;
    this.#attempts = parts.attempts;
    this.#forwards = parts.forwards;
    this.#playbacks = parts.playbacks;
    this.#transfers = parts.transfers;
    this.#trunks = parts.trunks;
    this.#voicemails = parts.voicemails;
    this.#background = parts.background;
  }

  /** Tells an event to the call or leg that it is of. */
  handle(event: AriEvent): void {
    if (this.#placed.handle(event) || this.#desk.handle(event) || this.#attempts.handle(event)) return;
    switch (event.type) {
      case 'StasisStart':
        this.#started(event.channel, event.args);
        return;
      case 'Dial': {
        const { dialstatus, peer, caller } = event;
        const forwarded = caller === undefined ? undefined : this.#calls.get(caller.id);
        if (forwarded !== undefined && (dialstatus === 'RINGING' || dialstatus === 'PROGRESS'))
          this.#forwards.ringing(forwarded);
        const leg = this.#legOf(peer.id);
        if (leg !== null && dialstatus === 'PROGRESS')
          this.#transfers.ringing(leg.call, leg.transfer, leg.leg);
        return;
      }
      case 'PlaybackFinished': {
        if (this.#transfers.whispers.played(event.playback.id)) return;
        const call = this.#calls.get(callIdOfPlayback(event.playback.id));
        // What a hang-up cuts off is no failure; the hang-up itself is told.
        if (call === undefined || call.ending || call.q850Cause !== null) return;
        this.#playbacks.finished(call, event.playback.id, event.playback.state);
        this.#transfers.tuneRinging(call);
        return;
      }
      case 'RecordingFinished':
      case 'RecordingFailed': {
        const call = this.#calls.get(event.recording.target_uri.replace(/^channel:/, ''));
        if (call === undefined) return;
        this.#voicemails.finished(call, event.type === 'RecordingFailed', call.q850Cause !== null);
        return;
      }
      case 'ChannelDestroyed':
      case 'ChannelDtmfReceived':
      case 'ChannelHangupRequest':
      case 'ChannelStateChange':
      case 'StasisEnd': {
        const call = this.#calls.get(event.channel.id);
        const leg = this.#legOf(event.channel.id);
        if (call !== undefined) this.#ofCaller(call, event);
        else if (leg !== null) this.#ofLeg(leg, event);
      }
    }
  }

  #started(channel: AriChannel, args: readonly string[]): void {
    if (args[0] === 'offered') {
      if (this.#calls.has(channel.id)) return;
      const call = callOf(channel, args);
      this.letIn(call);
      this.offer(call);
      return;
    }
    const leg = this.#legOf(channel.id);
    // An answer that crossed our cancel, or a leg whose call is gone.
    if (leg === null) this.#background(this.#transfers.hangUpLeg(channel.id), 'leg without a call');
    else this.#background(this.#transfers.answered(leg.call, leg.transfer, leg.leg, args), 'answered leg');
  }

  /** The door that every call comes through, however it was first noticed. */
  letIn(call: Call): void {
    call.admission = this.#trunks.admit(call);
    this.#calls.set(call.callId, call);
    if (call.admission !== 'overflow') return;
    this.#background(markAsOverflow(this.#ari, call.callId), 'mark of an overflow');
  }

  /** Reports a call that was let in. */
  offer(call: Call): void {
    if (call.isAttempt) {
      this.#attempts.tellAnswered(call);
      return;
    }
    const { transfer: _, answered: __, ...offered } = this.surviving(call);
    this.#emit({ type: 'offered', ...offered });
  }

  surviving(call: Call): SurvivingCall {
    return survivingCall(call, this.#trunks.calledNumbers(call));
  }

  #ofCaller(call: Call, event: ChannelEvent): void {
    const { callId } = call;
    switch (event.type) {
      case 'ChannelStateChange':
        if (event.channel.state === 'Up') this.answered(call);
        return;
      case 'ChannelDtmfReceived': {
        // What is said to whom the call was passed on is none of our business.
        if (call.forward !== null) return;
        const key = KeySchema.safeParse(event.digit);
        // A to D exist in RFC 4733, no telephone of a citizen has them.
        if (!key.success) return;
        const atMs = Date.parse(event.timestamp);
        if (call.repeatedKeys.isRepeat(key.data, event.duration_ms, atMs)) return;
        if (call.voicemail !== null && call.voicemail.endKey === key.data)
          call.voicemail.endKeyPressed = true;
        this.#emit({ type: 'keyPressed', callId, key: key.data, durationMs: event.duration_ms });
        return;
      }
      case 'ChannelHangupRequest':
        // Where the caller's own hang-up was seen already, it stays his.
        if (event.soft === true || this.#forwards.isEndedByEngine(call, event.channel))
          call.ending ||= call.q850Cause === null;
        else if (!call.ending) call.q850Cause = event.cause ?? 16;
        return;
      case 'ChannelDestroyed':
      case 'StasisEnd': {
        const isDestroyed = event.type === 'ChannelDestroyed';
        // It left Stasis for the dialplan.
        if (call.forward !== null && !isDestroyed) return;
        // Without a request from his side the engine itself ended the call (`maxCallMs`).
        if (call.q850Cause === null) call.ending = true;
        const sipCode = isDestroyed ? (event.tech_cause ?? null) : null;
        this.#forwards.ended(call, isDestroyed ? event.cause : null, sipCode);
        this.ended(call);
      }
    }
  }

  #ofLeg({ call, transfer, leg }: FoundLeg, event: ChannelEvent): void {
    switch (event.type) {
      case 'ChannelStateChange':
        if (event.channel.state === 'Ringing') this.#transfers.ringing(call, transfer, leg);
        return;
      case 'ChannelDtmfReceived':
        this.#transfers.keyPressed(leg, event.digit);
        return;
      case 'StasisEnd':
        if (leg.state === 'talking') this.#transfers.legEnded(call, transfer, leg, null, null);
        return;
      case 'ChannelDestroyed': {
        const sipCode = event.tech_cause !== undefined && event.tech_cause >= 300 ? event.tech_cause : null;
        this.#transfers.legEnded(call, transfer, leg, sipCode, event.cause === 0 ? null : event.cause);
      }
    }
  }

  /** Reports an answer once. */
  answered(call: Call): void {
    if (call.answered) return;
    call.answered = true;
    if (call.forward !== null) this.#forwards.answered(call);
    else this.#emit({ type: 'answered', callId: call.callId });
  }

  /** Reports the end of a call; its legs go with it. */
  ended(call: Call): void {
    const { callId } = call;
    this.#calls.delete(callId);
    this.#transfers.callerEnded(call);
    this.#voicemails.finished(call, false, true);
    this.#emit(
      call.ending ? { type: 'hungUp', callId } : { type: 'callerHungUp', callId, q850Cause: call.q850Cause },
    );
  }

  #legOf(channelId: string): FoundLeg | null {
    const named = readLegId(channelId);
    const call = named === null ? undefined : this.#calls.get(named.callId);
    const leg = call?.transfer?.legs.get(channelId);
    if (call === undefined || call.transfer === null || leg === undefined) return null;
    return { call, transfer: call.transfer, leg };
  }
}
