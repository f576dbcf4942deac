import type { ContactResult } from './contact-result.ts';
import type { Key } from './event.ts';
import type { IdentityFormat } from './identity-digits.ts';
import type { ReadAs } from './read-as.ts';

/**
 * What must be done for a call. The interpreter returns these; `calls` carries them out on a line.
 *
 * `id` is the sequence number of the event that caused the action (see event.ts). `sendSms` and `transfer` cannot be
 * repeated, nor can `forward`: they run only after their cause is committed, under the key `callId-id`. `requestCallBack`, `recordAnswer` and
 * `recordResult` are done by being written, in the transaction of their cause.
 */

/** A piece of an announcement: fixed text is synthesised before publishing, a value when the call needs it. */
export type SayPart =
  | { readonly type: 'fixed'; readonly text: string }
  | {
      readonly type: 'value';
      readonly name: string;
      readonly text: string;
      readonly readAs: ReadAs;
      /** For the caller's ear alone: no screen shows it and its sound is not kept. */
      readonly secret?: true | undefined;
    }
  | { readonly type: 'audio'; readonly audioId: string };

/** How fast callers are spoken to: at the usual pace, or at the slower one that a caller chose for the whole call. */
export type Speed = 'usual' | 'slower';
/** A telephone to be rung; `target` is its place among those of the node. */
export type RungTarget = { readonly target: number; readonly to: string; readonly ringTimeoutMs: number };

/** What staff who pick up hear, and nobody else, before they are connected. */
export type Whisper = {
  readonly parts: readonly SayPart[];
  /** Said again and again until this key is pressed; without one the talk begins at its end. */
  readonly acceptKey: Key | null;
  /** From picking up on. Without the key by then the telephone counts as unanswered; where none is asked for, the talk begins. */
  readonly acceptTimeoutMs: number;
};

export type Action =
  | { readonly type: 'answer' }
  | {
      readonly type: 'announce';
      readonly id: number;
      readonly parts: readonly SayPart[];
      /** Only where the caller asked for it. */
      readonly speed?: 'slower';
    }
  | { readonly type: 'stopAnnouncing' }
  /** Names the spoken words that would be understood here; keys are always delivered. */
  | { readonly type: 'listenForSpeech'; readonly id: number; readonly words: readonly string[] }
  | { readonly type: 'lookAtCalendar'; readonly id: number; readonly calendarId: string }
  | { readonly type: 'lookUpList'; readonly id: number; readonly listId: string; readonly number: string }
  | { readonly type: 'sendSms'; readonly id: number; readonly to: string; readonly text: string }
  | {
      readonly type: 'transfer';
      readonly id: number;
      readonly to: string;
      readonly ringTimeoutMs: number;
      readonly record: boolean;
      /** Place of `to` among the node's targets where it is not the first. */
      readonly target?: number;
      /** Rung at the same time: who takes the call first has it. */
      readonly alsoRing?: readonly RungTarget[];
      readonly whisper?: Whisper;
    }
  | { readonly type: 'endTransfer'; readonly id: number }
  /** Passes the call on unanswered. What the other side says reaches the caller as it is, and the line ends the call by itself. */
  | { readonly type: 'forward'; readonly id: number; readonly to: string }
  /** Between announcements the caller hears the ring tone also while no telephone rings, until it is ended or he is connected. */
  | { readonly type: 'ringTone'; readonly on: boolean }
  | {
      readonly type: 'recordVoicemail';
      readonly id: number;
      readonly maxDurationMs: number;
      /** Recording ends after this much silence. */
      readonly maxSilenceMs: number;
      readonly endKey: '#' | '*' | null;
    }
  | { readonly type: 'stopVoicemail'; readonly id: number }
  /** Staff are to call the citizen back. `wishedTime`: staff's words for the time that the citizen chose; null where none was. */
  | {
      readonly type: 'requestCallBack';
      readonly id: number;
      /** National digits that may be dialled. */
      readonly number: string;
      readonly wishedTime: string | null;
    }
  /** What the caller answered to a question; `key` and `label` are null where he did not. */
  | {
      readonly type: 'recordAnswer';
      readonly id: number;
      readonly flowId: string;
      readonly nodeId: string;
      readonly questionId: string;
      readonly key: string | null;
      readonly label: string | null;
    }
  /**
   * Whether the person on the line is the one for whom the city placed the call: answered by `identitySaid`. `digits`: '0102', or always
   * eight western ones ('19500102').
   */
  | {
      readonly type: 'checkIdentity';
      readonly id: number;
      readonly format: IdentityFormat;
      readonly digits: string;
    }
  /** What came of the talk, in place of what was recorded in the call before. `promisedOn`: Japanese ISO day. */
  | {
      readonly type: 'recordResult';
      readonly id: number;
      readonly result: ContactResult;
      readonly promisedOn: string | null;
    }
  /** `busy`: turned away unanswered, the caller hears the busy tone. */
  | { readonly type: 'hangUp'; readonly cause?: 'busy' };
