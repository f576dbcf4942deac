import type { SurvivingCall } from '../port.ts';
import type { AriChannel } from './ari-events.ts';
import { nationalDigits, readCaller } from './caller.ts';
import { RepeatedKeys } from './repeated-keys.ts';

/**
 * A leg: placed → ringing → (startingRecording) → bridging → talking. A leg that nobody waits for any more has no
 * `Transfer`; whatever it still does leads to its hang-up.
 */
export type TransferState = 'placed' | 'ringing' | 'startingRecording' | 'bridging' | 'talking';

export type Transfer = { readonly id: number; readonly legId: string; state: TransferState; rang: boolean };

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
  readonly calledNumber: string;
  readonly callerNumber: string | null;
  readonly withheldReason: SurvivingCall['withheldReason'];
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

/** A call as its channel in Stasis shows it; `presentation` is the dialplan's second argument to Stasis. */
export function callOf(channel: AriChannel, presentation: string): Call {
  return {
    callId: channel.id,
    calledNumber: nationalDigits(channel.dialplan.exten) ?? channel.dialplan.exten,
    ...readCaller(channel.caller.number, channel.caller.name, presentation),
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

export function survivingCall(call: Call): SurvivingCall {
  const { callId, answered, calledNumber, callerNumber, withheldReason, sipCallId, transfer } = call;
  return {
    callId,
    answered,
    calledNumber,
    callerNumber,
    withheldReason,
    sipCallId,
    transfer:
      transfer === null
        ? null
        : { id: transfer.id, state: transfer.state === 'talking' ? 'answered' : 'ringing' },
  };
}
