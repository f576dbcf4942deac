import type { LineEvent, SurvivingCall } from '../port.ts';
import type { AriChannel } from './ari-events.ts';
import type { Dialling } from './loop.ts';
import { type Offer, readOffer } from './offer.ts';
import { RepeatedKeys } from './repeated-keys.ts';

/**
 * A leg: placed → ringing → (startingRecording) → bridging → talking. A leg that nobody waits for any more has no
 * `Transfer`; whatever it still does leads to its hang-up.
 */
export type TransferState = 'placed' | 'ringing' | 'startingRecording' | 'bridging' | 'talking';

export type Transfer = {
  readonly id: number;
  readonly legId: string;
  /** Where it goes; null where an earlier life of this process dialled it. */
  readonly dialling: Dialling | null;
  readonly trunkId: string | null;
  state: TransferState;
  rang: boolean;
};

/** An announcement that the engine plays or will play. */
export type Playing = { readonly id: number; stopped: boolean };

export type Voicemail = {
  readonly id: number;
  /** Name below the recording folder, without ending. */
  readonly name: string;
  readonly maxDurationMs: number;
  readonly maxSilenceMs: number;
  readonly endKey: '#' | '*' | null;
  endKeyPressed: boolean;
  stopped: boolean;
  /** It ended while nobody of ours was there to hear of it. */
  over: boolean;
};

export type Call = {
  readonly callId: string;
  readonly offer: Offer;
  /** Hears only that all lines are taken, or is turned away. */
  admission: Extract<LineEvent, { type: 'offered' }>['admission'];
  readonly sipCallId: string | null;
  answered: boolean;
  /** An announcement was begun: the silence after the answer is over. */
  spoken: boolean;
  /** We asked for the end. */
  ending: boolean;
  q850Cause: number | null;
  transfer: Transfer | null;
  voicemail: Voicemail | null;
  /** By playback id. */
  readonly playing: Map<string, Playing>;
  /** Playback ids of an earlier life of this process, not to be used until their end was seen. */
  readonly stale: Set<string>;
  readonly repeatedKeys: RepeatedKeys;
};

const LEG_ID = /^(.+\.\d+)-(\d+)$/;

export function legIdOf(callId: string, id: number): string {
  return `${callId}-${id}`;
}

/** The call and transfer that a channel or bridge id names, null where it is no leg's. */
export function readLegId(legId: string): { readonly callId: string; readonly id: number } | null {
  const match = LEG_ID.exec(legId);
  if (match?.[1] === undefined) return null;
  return { callId: match[1], id: Number(match[2]) };
}

/** A call as its channel in Stasis shows it. @param args the dialplan's arguments to Stasis, `offered` first */
export function callOf(channel: AriChannel, args: readonly string[]): Call {
  return {
    callId: channel.id,
    offer: readOffer(channel.dialplan.exten, args, channel.caller),
    admission: 'served',
    sipCallId: channel.protocol_id === '' ? null : channel.protocol_id,
    answered: channel.state === 'Up',
    spoken: channel.state === 'Up',
    ending: false,
    q850Cause: null,
    transfer: null,
    voicemail: null,
    playing: new Map(),
    stale: new Set(),
    repeatedKeys: new RepeatedKeys(),
  };
}

/** @param calledNumbers by the order of sources of its trunk */
export function survivingCall(call: Call, calledNumbers: readonly string[]): SurvivingCall {
  const { callId, answered, sipCallId, transfer } = call;
  const { callerNumber, withheldReason } = call.offer;
  return {
    callId,
    answered,
    calledNumbers,
    callerNumber,
    withheldReason,
    sipCallId,
    transfer:
      transfer === null
        ? null
        : { id: transfer.id, state: transfer.state === 'talking' ? 'answered' : 'ringing' },
  };
}
