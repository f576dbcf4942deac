import type { SayPart, Speed } from '../action.ts';
import type { ContactResult } from '../contact-result.ts';
import type { CallEvent, Key, TransferFailure } from '../event.ts';
import type { Step, Taken } from '../interpreter.ts';
import { nodeKind } from '../nodes/registry.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { Outcome, Position } from '../state.ts';

/** A node as staff know it. */
export type Place = Position & { readonly title: string; readonly kind: string };

/** A branch that a call took, with its words as they were then. */
export type PathStep = Taken & { readonly title: string; readonly label: string };

/** What happens in a trial, in the order in which it does; `atMs` counts from the beginning of the call. */
export type TrialStep = { readonly atMs: number } & (
  | {
      readonly type: 'said';
      readonly parts: readonly SayPart[];
      readonly speed: Speed;
      readonly interruptible: boolean;
      readonly place: Place | null;
      readonly heard: 'playing' | 'whole' | 'cutShort';
    }
  /** `effect`: what the key did; `ignored`: nothing listened to it. */
  | {
      readonly type: 'pressed';
      readonly key: Key;
      readonly effect: 'taken' | 'keptForLater' | 'ignored';
      readonly place: Place | null;
    }
  | {
      readonly type: 'spoke';
      readonly text: string;
      readonly effect: 'taken' | 'ignored';
      readonly place: Place | null;
    }
  /** The caller did nothing until his time was over. */
  | { readonly type: 'silent'; readonly place: Place | null }
  | ({ readonly type: 'branch' } & PathStep)
  | { readonly type: 'calendar'; readonly open: boolean; readonly reason: string }
  /** A calendar that is not there counts as closed. */
  | { readonly type: 'calendarMissing' }
  | { readonly type: 'list'; readonly listId: string; readonly contains: boolean }
  | { readonly type: 'sms'; readonly to: string; readonly text: string }
  | { readonly type: 'smsResult'; readonly result: 'accepted' | 'refused' | 'unknown' }
  | { readonly type: 'ringing'; readonly to: readonly string[]; readonly whisper: readonly SayPart[] }
  | { readonly type: 'answeredBy'; readonly to: string }
  | { readonly type: 'notReached'; readonly reason: TransferFailure }
  | { readonly type: 'talkEnded'; readonly by: 'caller' | 'staff' }
  | { readonly type: 'recording' }
  | { readonly type: 'recorded'; readonly durationMs: number }
  | { readonly type: 'recordingFailed' }
  | { readonly type: 'callBack'; readonly number: string; readonly wishedTime: string | null }
  | { readonly type: 'answer'; readonly label: string | null; readonly key: string | null }
  | { readonly type: 'identity'; readonly matches: boolean }
  /** What was recorded of the talk; `promisedOn`: ISO day. */
  | { readonly type: 'result'; readonly result: ContactResult; readonly promisedOn: string | null }
  | { readonly type: 'hungUp'; readonly by: 'caller' | 'flow' }
  | { readonly type: 'ended'; readonly outcome: Outcome; readonly place: Place | null }
);

/** Without its moment. */
export type TrialStepContent = TrialStep extends infer S
  ? S extends unknown
    ? Omit<S, 'atMs'>
    : never
  : never;

export function placeAt(flow: RunnableFlow, position: Position | null): Place | null {
  const node = position === null ? null : flow.node(position);
  if (position === null || node === null) return null;
  const title = node.title || (nodeKind(node.kind)?.label ?? node.kind);
  return { ...position, title, kind: node.kind };
}

export function pathStepOf(flow: RunnableFlow, taken: Taken): PathStep {
  const place = placeAt(flow, taken);
  const known = flow.node(taken)?.branches.find(({ name }) => name === taken.branch)?.label;
  const label =
    known ?? (taken.branch === 'go' ? '別のフローへ' : taken.branch === 'end' ? '終了' : taken.branch);
  return { ...taken, title: place?.title ?? taken.nodeId, label };
}

/** What an event reports of the world outside to a node of a kind, as far as a reader of the trial wants to know it. */
export function reportOf(
  event: CallEvent,
  kind: string | null,
  rung: readonly RungNumber[],
): TrialStepContent | null {
  switch (event.type) {
    case 'calendarSaid':
      return { type: 'calendar', open: event.open, reason: event.reason };
    case 'listSaid':
      return { type: 'list', listId: event.listId, contains: event.contains };
    case 'identitySaid':
      return { type: 'identity', matches: event.matches };
    case 'smsAccepted':
      return { type: 'smsResult', result: 'accepted' };
    case 'smsRefused':
      return { type: 'smsResult', result: 'refused' };
    case 'smsUnknown':
      return { type: 'smsResult', result: 'unknown' };
    case 'transferAnswered':
      return { type: 'answeredBy', to: rung.find(({ target }) => target === event.target)?.to ?? '' };
    case 'transferFailed':
      return { type: 'notReached', reason: event.reason };
    case 'transferEnded':
      return { type: 'talkEnded', by: event.by };
    case 'voicemailRecorded':
      return { type: 'recorded', durationMs: event.durationMs };
    case 'actionFailed':
      return { type: kind === 'voicemail' ? 'recordingFailed' : 'calendarMissing' };
    case 'callerHungUp':
      return { type: 'hungUp', by: 'caller' };
    case 'hungUp':
      return { type: 'hungUp', by: 'flow' };
    default:
      return null;
  }
}

export type RungNumber = { readonly target: number; readonly to: string };

/** What the flow does at a step, apart from what it says. */
export function deedsOf({ actions }: Step): readonly TrialStepContent[] {
  return actions.flatMap((action): readonly TrialStepContent[] => {
    switch (action.type) {
      case 'sendSms':
        return [{ type: 'sms', to: action.to, text: action.text }];
      case 'transfer':
        return [
          {
            type: 'ringing',
            to: [action.to, ...(action.alsoRing ?? []).map(({ to }) => to)],
            whisper: action.whisper?.parts ?? [],
          },
        ];
      case 'recordVoicemail':
        return [{ type: 'recording' }];
      case 'requestCallBack':
        return [{ type: 'callBack', number: action.number, wishedTime: action.wishedTime }];
      case 'recordAnswer':
        return [{ type: 'answer', label: action.label, key: action.key }];
      case 'recordResult':
        return [{ type: 'result', result: action.result, promisedOn: action.promisedOn }];
      default:
        return [];
    }
  });
}
