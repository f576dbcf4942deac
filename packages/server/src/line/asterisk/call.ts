import type { TransferFailure } from '@madoguchi/flow';
import type { Admission, SurvivingCall, WhisperOrder } from '../port.ts';
import type { AriChannel } from './ari-events.ts';
import { type Offer, readOffer } from './offer.ts';
import { RepeatedKeys } from './repeated-keys.ts';

/**
 * A leg: placed → ringing → (whispering) → (startingRecording) → bridging → talking. The first that comes past whispering has the call,
 * the others are hung up. A leg that nobody waits for any more is in no `Transfer`; whatever it still does leads to its hang-up.
 */
export type LegState = 'placed' | 'ringing' | 'whispering' | 'startingRecording' | 'bridging' | 'talking';

export type Leg = {
  readonly target: number;
  readonly legId: string;
  /** National digits; null where an earlier life of this process dialled it. */
  readonly to: string | null;
  /** Null until the way out is known. */
  trunkId: string | null;
  /** National digits that it shows. */
  presented: string | null;
  state: LegState;
  rang: boolean;
};

/** Why a leg came to nothing. */
export type LegFailure = {
  readonly reason: TransferFailure;
  readonly sipCode: number | null;
  readonly q850Cause: number | null;
};

export type Transfer = {
  readonly id: number;
  /** Those that can still take the call. By channel id. */
  readonly legs: Map<string, Leg>;
  readonly failures: LegFailure[];
  /** Null where there is none, or an earlier life of this process gave the order: then the leg itself carries it. */
  readonly whisper: WhisperOrder | null;
};

/** A call that the dialplan passes on. It has one leg, which only the dialplan knows. */
export type Forward = {
  readonly id: number;
  /** National digits; null where an earlier life of this process ordered it. */
  readonly to: string | null;
  readonly trunkId: string | null;
  /** National digits that it shows. */
  readonly presented: string | null;
  rang: boolean;
};

/** An announcement that the engine plays or will play. */
export type Playing = { readonly id: number; stopped: boolean };

/** Sounds that follow by themselves what is played; nobody has asked for them as an announcement yet. */
export type Ahead = {
  readonly playbackId: string;
  readonly sounds: readonly string[];
  /** How it ended, where it is over before anybody asked for it. */
  over: string | null;
};

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
  /** A campaign placed it: its line is one of the share for placed calls. */
  readonly isAttempt: boolean;
  admission: Admission;
  readonly sipCallId: string | null;
  answered: boolean;
  /** An announcement was begun: the silence after the answer is over. */
  spoken: boolean;
  /** We asked for the end. */
  ending: boolean;
  q850Cause: number | null;
  transfer: Transfer | null;
  forward: Forward | null;
  /** The caller hears, or as far as is known may hear, the ring tone. */
  ringTone: boolean;
  /** He is to hear it also while no leg rings. */
  waits: boolean;
  voicemail: Voicemail | null;
  /** By playback id. */
  readonly playing: Map<string, Playing>;
  ahead: Ahead | null;
  /** Playback ids of an earlier life of this process, not to be used until their end was seen. */
  readonly stale: Set<string>;
  readonly repeatedKeys: RepeatedKeys;
};

/** A received call's id has a point before its last figures, an attempt's the length of a UUID. */
const LEG_ID = /^(att-[0-9a-f-]{36}|.+\.\d+)-(\d+)(?:-(\d+))?$/;

export function legIdOf(callId: string, id: number, target: number): string {
  return target === 0 ? `${callId}-${id}` : `${callId}-${id}-${target}`;
}

/** The call, transfer and telephone that a channel or bridge id names, null where it is no leg's. */
export function readLegId(
  legId: string,
): { readonly callId: string; readonly id: number; readonly target: number } | null {
  const match = LEG_ID.exec(legId);
  if (match?.[1] === undefined) return null;
  return { callId: match[1], id: Number(match[2]), target: Number(match[3] ?? 0) };
}

const fresh = () => ({
  admission: 'served' as const,
  ending: false,
  q850Cause: null,
  transfer: null,
  forward: null,
  ringTone: false,
  waits: false,
  voicemail: null,
  playing: new Map<string, Playing>(),
  ahead: null,
  stale: new Set<string>(),
  repeatedKeys: new RepeatedKeys(),
});

/** A call as its channel in Stasis shows it. @param args the dialplan's arguments to Stasis, `offered` first */
export function callOf(channel: AriChannel, args: readonly string[]): Call {
  return {
    callId: channel.id,
    offer: readOffer(channel.dialplan.exten, args, channel.caller),
    isAttempt: false,
    sipCallId: channel.protocol_id || null,
    answered: channel.state === 'Up',
    spoken: channel.state === 'Up',
    ...fresh(),
  };
}

/** An answered attempt, as its channel in Stasis shows it. @param numbers null where an earlier life of this process dialled it */
export function attemptCallOf(
  channel: AriChannel,
  numbers: { readonly to: string; readonly calledNumber: string } | null,
  trunkId: string | null,
): Call {
  const dialled = numbers === null ? [] : [numbers.calledNumber];
  return {
    callId: channel.id,
    offer: {
      trunkId,
      callerNumber: numbers?.to ?? null,
      withheldReason: null,
      called: { requestUri: dialled, to: [], diversion: [], historyInfo: [], pCalledPartyId: [] },
      hopsLeft: null,
    },
    isAttempt: true,
    sipCallId: channel.protocol_id || null,
    answered: true,
    // Who is called says もしもし first and must not hear silence after it: the greeting begins at once.
    spoken: true,
    ...fresh(),
  };
}

/** @param calledNumbers by the order of sources of its trunk */
export function survivingCall(call: Call, calledNumbers: readonly string[]): SurvivingCall {
  const { callId, answered, admission, sipCallId, transfer, forward } = call;
  const { callerNumber, withheldReason } = call.offer;
  return {
    callId,
    answered,
    admission,
    calledNumbers,
    callerNumber,
    withheldReason,
    sipCallId,
    ...(forward === null ? {} : { isForwarded: true as const }),
    ...(call.isAttempt ? { isAttempt: true as const } : {}),
    transfer:
      forward !== null ? survivingForward(forward, answered) : transfer && survivingTransfer(transfer),
  };
}

function survivingForward({ id }: Forward, answered: boolean): SurvivingCall['transfer'] {
  return { id, state: answered ? 'answered' : 'ringing', target: 0 };
}

function survivingTransfer({ id, legs }: Transfer): SurvivingCall['transfer'] {
  const talking = [...legs.values()].find(({ state }) => state === 'talking');
  return { id, state: talking === undefined ? 'ringing' : 'answered', target: talking?.target ?? 0 };
}
