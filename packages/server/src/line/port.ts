import type { Key, TransferFailure } from '@madoguchi/flow';

/**
 * The telephone as the rest of the server sees it. Two implementations: `asterisk/` (real) and `simulated/` (tests, bench of the
 * dialler). Only this room knows SIP words.
 *
 * Sounds are absolute paths **without** ending; beside each path lie `.ulaw` and `.alaw` (8 kHz), so nothing is transcoded.
 */
export interface Line {
  /**
   * Connects and reports what happens, from then on, to `listener`. Resolves with the calls that the engine still holds
   * (after our own restart). Reconnects by itself; after a loss of the engine it reports `engineLost`, then `engineBack`; after a
   * loss of the connection only, what changed meanwhile and then `reconnected`.
   */
  start(listener: (event: LineEvent) => void): Promise<readonly SurvivingCall[]>;
  stop(): Promise<void>;

  answer(callId: string): Promise<void>;
  /** Resolves when playing has begun; `announced` follows at its end, also when it was stopped (`completed` false). */
  announce(callId: string, id: number, sounds: readonly string[]): Promise<void>;
  /**
   * Has these sounds follow announcement `afterId` without a gap. They are the next announcement only once `announce` asks for the same ones, and are
   * given up where it asks for others or `stopAnnouncing` comes.
   */
  announceAhead(callId: string, afterId: number, sounds: readonly string[]): Promise<void>;
  stopAnnouncing(callId: string): Promise<void>;
  /** Where the connection is lost meanwhile, what became of it is reported as an event; it is never dialled a second time. */
  transfer(callId: string, order: TransferOrder): Promise<void>;
  endTransfer(callId: string, id: number): Promise<void>;
  /**
   * Passes a call on that was not answered. The caller gets what the other side sends: ringing, early sound, its answer, or its refusal, with
   * which the call ends. Reported as a transfer without its failure's next step: `hungUp` or `callerHungUp` follows by itself, unless
   * nothing could be dialled (no SIP code and no cause). Goes on while we are away.
   */
  forward(callId: string, order: ForwardOrder): Promise<void>;
  /** Whether the caller hears the ring tone, between announcements, also while no telephone rings. Ends by itself when he is connected. */
  ringTone(callId: string, on: boolean): Promise<void>;
  /** As `transfer`: a lost connection does not make it fail. */
  recordVoicemail(callId: string, order: VoicemailOrder): Promise<void>;
  stopVoicemail(callId: string, id: number): Promise<void>;
  /** `busy`: turns the call away unanswered. */
  hangUp(callId: string, cause?: 'busy'): Promise<void>;
}

/**
 * Calls that the city places: a staff telephone rings, and once it was answered the citizen's. Beside `Line`, since no flow has a part in
 * them. Their ids are the order's; the engine's channels and bridge begin with `out-`, as no received call's do.
 */
export interface PlacingLine {
  /** From then on all that becomes of placed calls is reported. Set it before the line is started. */
  onPlacedCall(listener: (event: PlacedCallEvent) => void): void;
  /** Rings the staff telephone. What becomes of it is reported; an order is never dialled a second time. */
  placeCall(order: PlacedCallOrder): Promise<void>;
  /** Takes down whatever there is of it, at any moment. */
  endPlacedCall(id: string): Promise<void>;
  /** Ids of those that the engine holds, after our own restart only talks: what was not connected yet is taken down. */
  readonly placedCallIds: ReadonlySet<string>;
}

export type PlacedCallOrder = {
  /** A UUID. */
  readonly id: string;
  /** National digits. */
  readonly staff: string;
  /** National digits. */
  readonly citizen: string;
  /** Public number for which the call is placed: what both telephones show, unless the trunk has another number shown always. */
  readonly calledNumber: string;
  /** Of each telephone. */
  readonly ringTimeoutMs: number;
  readonly sounds: PlacedCallSounds;
};

/** What staff hear, and nobody else; each as `announce` takes it. */
export type PlacedCallSounds = {
  /** Before the citizen is rung. */
  readonly before: readonly string[];
  readonly busy: readonly string[];
  readonly unanswered: readonly string[];
  /** For any other reason the citizen could not be had. */
  readonly failed: readonly string[];
};

export type PlacedCallFailure =
  /** Before anything rang: two lines are needed at once. */
  | 'noLine'
  | 'notDialable'
  | 'staffBusy'
  | 'staffUnanswered'
  | 'staffFailed'
  /** Staff hung up before the citizen answered. */
  | 'staffHungUp'
  | 'citizenBusy'
  | 'citizenUnanswered'
  | 'citizenFailed'
  | 'stopped';

export type PlacedCallEvent =
  /** Staff have answered, the citizen is being dialled. */
  | { readonly type: 'ringingCitizen'; readonly id: string }
  | { readonly type: 'talking'; readonly id: string }
  | { readonly type: 'ended'; readonly id: string; readonly by: 'staff' | 'citizen' | 'stop' }
  | { readonly type: 'failed'; readonly id: string; readonly reason: PlacedCallFailure }
  /** The engine is gone and the call with it. */
  | { readonly type: 'lost'; readonly id: string };

/**
 * Calls that a campaign places. Until it is answered an attempt is known here only; from then on it is a call of `Line` with the attempt's
 * id as `callId`, which `attemptAnswered` brings in.
 */
export interface DiallingLine {
  /** From then on all that becomes of attempts is reported. Set it before the line is started. */
  onAttempt(listener: (event: AttemptEvent) => void): void;
  /**
   * Dials once; a second order with the same id is passed over. What becomes of it is reported, also where nothing could be dialled.
   * Resolves when the engine has taken the order.
   */
  dial(order: DialOrder): Promise<void>;
  /** Takes an attempt back that nobody has answered; one that is answered in the same moment is hung up. */
  cancelDial(attemptId: string): Promise<void>;
  /** How many attempts find a line now. @param leftFree lines of each trunk that stay free for received calls */
  linesFor(leftFree: number): number;
  /** What the engine holds of attempts, also of those that a former process of ours dialled. */
  readonly heldAttempts: ReadonlyMap<string, 'ringing' | 'answered'>;
}

export type DialOrder = {
  /** `att-` and a UUID: also the engine's channel id. */
  readonly attemptId: string;
  /** National digits of the citizen. */
  readonly to: string;
  /** Public number for which the call is placed, and which the citizen sees. */
  readonly calledNumber: string;
  readonly ringTimeoutMs: number;
  /** Lines of the trunk that must stay free. */
  readonly linesLeftFree: number;
};

/** How an attempt ended that nobody of ours spoke in. */
export type DialFailure = {
  /** Of the final answer (RFC 3261), null where there was none. */
  readonly sipCode: number | null;
  /** ITU-T Q.850. */
  readonly q850Cause: number | null;
  /** 180 or 183 was seen. */
  readonly rang: boolean;
  /** 183: the network played something of its own. */
  readonly earlyMedia: boolean;
  /** From dialling to the end. */
  readonly afterMs: number;
  /** Taken back by us: nobody answered in time, or it was no longer wanted. */
  readonly cancelledBy: 'timeout' | 'order' | null;
};

export type AttemptEvent =
  /** Nothing was dialled. */
  | {
      readonly type: 'notDialled';
      readonly attemptId: string;
      readonly reason: 'noLine' | 'notDialable' | 'engineAway';
    }
  | {
      readonly type: 'dialled';
      readonly attemptId: string;
      readonly trunkId: string;
      readonly sipCallId: string | null;
    }
  | { readonly type: 'ringing'; readonly attemptId: string; readonly earlyMedia: boolean }
  | { readonly type: 'answered'; readonly attemptId: string; readonly sipCallId: string | null }
  | ({ readonly type: 'dialFailed'; readonly attemptId: string } & DialFailure)
  /** The engine is gone, or forgot it: its end was not seen. */
  | { readonly type: 'lost'; readonly attemptId: string };

/** Rings a clerk's own telephone, for listening to an announcement or for speaking one. Its engine's channels begin with `desk-`. */
export interface DeskLine {
  /** From then on all that becomes of desk calls is reported. Set it before the line is started. */
  onDeskCall(listener: (event: DeskCallEvent) => void): void;
  /** Rings the telephone. What becomes of it is reported; an order is never dialled a second time. */
  ringDesk(order: DeskCallOrder): Promise<void>;
  /** Hangs it up, at any moment. */
  endDeskCall(id: string): Promise<void>;
}

export type DeskCallOrder = {
  /** A UUID. */
  readonly id: string;
  /** National digits. */
  readonly staff: string;
  /** Public number that the telephone shows. */
  readonly calledNumber: string;
  readonly ringTimeoutMs: number;
  readonly task:
    | { readonly type: 'listen'; readonly sounds: readonly string[] }
    | {
        readonly type: 'record';
        /** Absolute, without ending, in the recordings folder: `<path>.sln` is written. */
        readonly recordingPath: string;
        readonly maxDurationMs: number;
        /** Ends a recording where nobody speaks. */
        readonly maxSilenceMs: number;
        readonly sounds: DeskRecordSounds;
      };
};

/** What a clerk hears, each as `announce` takes it. */
export type DeskRecordSounds = {
  /** Before the tone. */
  readonly before: readonly string[];
  /** After what was recorded: 1 keeps it, 2 records again. */
  readonly choose: readonly string[];
  readonly kept: readonly string[];
};

export type DeskCallFailure =
  | 'noLine'
  | 'notDialable'
  | 'busy'
  | 'unanswered'
  | 'notReached'
  /** The clerk hung up before the tone. */
  | 'nothingRecorded'
  | 'stopped';

export type DeskCallEvent =
  | { readonly type: 'listening' | 'recording' | 'reviewing'; readonly id: string }
  /** The announcement was played; `toEnd` false: the clerk hung up before its end. */
  | { readonly type: 'listened'; readonly id: string; readonly toEnd: boolean }
  /** The last recording is to be kept: 1 was pressed, or the clerk hung up. */
  | { readonly type: 'recorded'; readonly id: string }
  | { readonly type: 'failed'; readonly id: string; readonly reason: DeskCallFailure }
  /** The engine is gone and the call with it. */
  | { readonly type: 'lost'; readonly id: string };

/** Tells when the other side of a call makes sounds, and nothing of what they are. */
export interface HearingLine {
  /** Set it before the line is started. */
  onSound(listener: (sound: SoundEvent) => void): void;
  /** Until the call ends. Takes the engine some processor time for each call. */
  hearSounds(callId: string): Promise<void>;
}

export type SoundEvent = {
  readonly callId: string;
  /** `faxTone`: the tone by which a fax answers, which is a sound as well. */
  readonly type: 'began' | 'ended' | 'faxTone';
  /** How long ago, ms: an end is told only once it was silent for a while. */
  readonly agoMs: number;
};

/** By the caller's wish, from a public telephone, from where no number can be told, because of another service of the network. */
export type WithheldReason = 'withheld' | 'payphone' | 'unavailable' | 'otherService';

/** A staff telephone; `target` is its place among those of the node. */
export type RungTelephone = {
  readonly target: number;
  /** National digits. */
  readonly to: string;
  readonly ringTimeoutMs: number;
};

/** What staff who pick up hear, and nobody else, before they are connected. */
export type WhisperOrder = {
  readonly sounds: readonly string[];
  /** Said again and again until this key is pressed. Null: the talk begins at its end. */
  readonly acceptKey: Key | null;
  /** From picking up on. Without the key by then the telephone is hung up and was not answered; where none is asked for, the talk begins. */
  readonly acceptTimeoutMs: number;
};

export type TransferOrder = {
  /** The channel id of a leg is `callId-id`, with `-target` after it where that is not 0. */
  readonly id: number;
  /** National digits of the staff number. */
  readonly to: string;
  /** Public number that the citizen called, by which the trunk shows who calls. Default: the likeliest one of the offer. */
  readonly calledNumber?: string;
  /** `called`, `caller` or national digits, in place of what the trunk has its telephones show. */
  readonly presented?: string;
  readonly ringTimeoutMs: number;
  /** Place of `to` among the node's targets; the first where not given. */
  readonly target?: number;
  /** Rung at the same time. Who takes the call first has it, the others stop ringing. */
  readonly alsoRing?: readonly RungTelephone[];
  readonly whisper?: WhisperOrder;
  /** Absolute path without ending of the two-party recording, or null. Written raw, so that a crash leaves it playable. */
  readonly recordingPath: string | null;
};

export type ForwardOrder = Pick<TransferOrder, 'id' | 'to' | 'calledNumber' | 'presented'>;

export type VoicemailOrder = {
  readonly id: number;
  readonly recordingPath: string;
  readonly maxDurationMs: number;
  readonly maxSilenceMs: number;
  readonly endKey: '#' | '*' | null;
};

/**
 * What becomes of a call at the door. `overflow`: it hears that all lines are taken. `linesFull`, `loop`: it is turned away unanswered.
 */
export type Admission = 'served' | 'overflow' | 'linesFull' | 'loop';

export type LineEvent =
  | {
      readonly type: 'offered';
      readonly callId: string;
      /** National digits that may be the number that was dialled, the likeliest first; at least one. */
      readonly calledNumbers: readonly string[];
      /** National digits; null where withheld or unknown. */
      readonly callerNumber: string | null;
      /** Set where the network says why there is no number. */
      readonly withheldReason: WithheldReason | null;
      readonly admission: Admission;
      /** SIP Call-ID, to compare records with the outside. */
      readonly sipCallId: string | null;
    }
  | { readonly type: 'answered'; readonly callId: string }
  /** A citizen whom a campaign calls has answered: a call from now on. */
  | { readonly type: 'attemptAnswered'; readonly callId: string; readonly sipCallId: string | null }
  | { readonly type: 'announced'; readonly callId: string; readonly id: number; readonly completed: boolean }
  /** Not played to its end through no order of ours, e.g. a sound file was missing. */
  | { readonly type: 'announcementFailed'; readonly callId: string; readonly id: number }
  | { readonly type: 'keyPressed'; readonly callId: string; readonly key: Key; readonly durationMs: number }
  | { readonly type: 'transferRinging'; readonly callId: string; readonly id: number }
  /** Caller and staff are connected. `target`: which telephone took the call. */
  | {
      readonly type: 'transferAnswered';
      readonly callId: string;
      readonly id: number;
      readonly target: number;
    }
  /** None of the telephones of the order could be had; of several, the reason is that of all together. */
  | {
      readonly type: 'transferFailed';
      readonly callId: string;
      readonly id: number;
      readonly reason: TransferFailure;
      readonly sipCode: number | null;
      readonly q850Cause: number | null;
    }
  | {
      readonly type: 'transferEnded';
      readonly callId: string;
      readonly id: number;
      readonly by: 'caller' | 'staff';
    }
  | {
      readonly type: 'voicemailRecorded';
      readonly callId: string;
      readonly id: number;
      readonly durationMs: number;
      readonly endedBy: 'key' | 'silence' | 'limit' | 'hangUp' | 'fault';
    }
  | { readonly type: 'callerHungUp'; readonly callId: string; readonly q850Cause: number | null }
  | { readonly type: 'hungUp'; readonly callId: string }
  /** The connection is back after a loss: what was asked for and not answered in between may or may not have been done. */
  | { readonly type: 'reconnected' }
  /** The engine is gone; every call it carried is lost. */
  | { readonly type: 'engineLost' }
  | { readonly type: 'engineBack'; readonly surviving: readonly SurvivingCall[] };

export type SurvivingCall = {
  readonly callId: string;
  readonly answered: boolean;
  /** For a call that nobody was told of before. */
  readonly admission: Admission;
  readonly calledNumbers: readonly string[];
  readonly callerNumber: string | null;
  readonly withheldReason: WithheldReason | null;
  readonly sipCallId: string | null;
  /** Passed on unanswered: it needs nobody of ours, and its numbers are not known any more. `transfer` tells how it stands. */
  readonly isForwarded?: true;
  /** An attempt of a campaign that was answered; its numbers are not known here any more. */
  readonly isAttempt?: true;
  /** The transfer of which legs are still there, if any. `target`: the telephone that took the call, 0 while they ring. */
  readonly transfer: {
    readonly id: number;
    readonly state: 'ringing' | 'answered';
    readonly target: number;
  } | null;
};
