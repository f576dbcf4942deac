import type { Key } from '../event.ts';
import type { StampedEvent } from '../interpreter.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { CallState } from '../state.ts';
import type { HouseView } from './house-view.ts';
import { TrialCall } from './trial-call.ts';
import { recorded } from './trial-line.ts';
import type { TrialInput, TrialSetting } from './trial-setting.ts';
import type { PathStep, Place, TrialStep } from './trial-steps.ts';

/** What can be done where a trial stands. */
export type TrialCanDo = {
  /** Keys reach the flow. */
  readonly press: boolean;
  /** Keys that choose here, with what they mean; others may mean something, too (digits). */
  readonly choices: readonly { readonly key: Key; readonly label: string }[];
  /** Words that would be understood. */
  readonly words: readonly string[];
  /** Something comes by itself: an announcement ends, a telephone answers. */
  readonly listen: boolean;
  /** The caller is waited for, and may do nothing. */
  readonly wait: boolean;
  /** A message is being recorded. */
  readonly speak: boolean;
  /** A talk with staff goes on. */
  readonly staffHangUp: boolean;
  readonly hangUp: boolean;
};

export type Trial = {
  readonly inputs: readonly TrialInput[];
  readonly steps: readonly TrialStep[];
  /** What the line would have reported: folded, they give `state`. */
  readonly events: readonly StampedEvent[];
  readonly state: CallState;
  readonly path: readonly PathStep[];
  /** Where the call stands, or stood at its end. */
  readonly place: Place | null;
  readonly smsTo: readonly string[];
  /** Numbers rung, in this order. */
  readonly rung: readonly string[];
  readonly canDo: TrialCanDo;
};

/** Between what is heard and what the caller does. */
const CALLER_ACTS_AFTER_MS = 400;
const MESSAGE_MS = 8_000;
/** One that is ended by a key or by hanging up. */
const SHORT_MESSAGE_MS = 3_000;
/** Of one hearing out: a caller who waits for staff hears the same again and again, but not for ever. */
const HAPPENINGS_AT_ONCE = 2_000;

/** Makes a call through a flow: the same flow, house, setting and inputs always give the same call. Never throws. */
export function runTrial(
  flow: RunnableFlow,
  house: HouseView,
  setting: TrialSetting,
  inputs: readonly TrialInput[],
): Trial {
  const call = new TrialCall(flow, house, setting);
  for (const input of inputs) take(call, input);
  const path = call.steps.flatMap((step) => {
    if (step.type !== 'branch') return [];
    const { flowId, nodeId, branch, title, label } = step;
    return [{ flowId, nodeId, branch, title, label }];
  });
  const { steps, events, state, place, smsTo, rung } = call;
  return { inputs, steps, events, state, path, place, smsTo, rung, canDo: canDo(call) };
}

/** An input that means nothing where the call stands changes nothing. */
function take(call: TrialCall, input: TrialInput): void {
  if (call.state.ended !== null) return;
  switch (input.type) {
    case 'listen':
      if (canListen(call)) call.happen();
      break;
    case 'listenOut':
      hearOut(call);
      break;
    case 'wait':
      wait(call);
      break;
    case 'press':
      press(call, input.key);
      break;
    case 'say':
      call.act(
        { type: 'heard', text: input.text, confidence: 1 },
        CALLER_ACTS_AFTER_MS,
        (before, after, place) => ({
          type: 'spoke',
          text: input.text,
          effect: before === after ? 'ignored' : 'taken',
          place,
        }),
      );
      break;
    case 'speak':
      leaveMessage(call, 'silence', MESSAGE_MS);
      break;
    case 'hangUp':
      call.act(
        { type: 'callerHungUp', q850Cause: 16 },
        call.line.recording === null ? CALLER_ACTS_AFTER_MS : SHORT_MESSAGE_MS,
        () => null,
      );
      break;
    case 'staffHangUp':
      if (call.line.talk === null) break;
      call.act({ type: 'transferEnded', id: call.line.talk, by: 'staff' }, CALLER_ACTS_AFTER_MS, () => null);
      break;
  }
}

function hearOut(call: TrialCall): void {
  for (let count = 0; count < HAPPENINGS_AT_ONCE && !call.isSettled; count++) call.happen();
}

function wait(call: TrialCall): void {
  hearOut(call);
  if (!canWait(call)) return;
  if (call.line.recording === null && !call.mayLeave) call.add({ type: 'silent', place: call.place });
  call.happen();
}

function press(call: TrialCall, key: Key): void {
  const { recording } = call.line;
  if (recording !== null && key === recording.endKey) {
    call.add({ type: 'pressed', key, effect: 'taken', place: call.place });
    leaveMessage(call, 'key', SHORT_MESSAGE_MS);
    return;
  }
  call.act({ type: 'keyPressed', key }, CALLER_ACTS_AFTER_MS, (before, after, place) => {
    const isKept = after.typedAhead.length > before.typedAhead.length;
    const effect = isKept ? 'keptForLater' : before === after ? 'ignored' : 'taken';
    return { type: 'pressed', key, effect, place };
  });
}

function leaveMessage(call: TrialCall, endedBy: 'silence' | 'key', durationMs: number): void {
  const { recording } = call.line;
  if (recording !== null)
    call.deliver(recorded(recording.id, durationMs, endedBy), recording.sinceMs + durationMs);
}

function canListen(call: TrialCall): boolean {
  const waitsForStaff = call.mayLeave && !call.isSaying;
  return call.state.ended === null && call.line.talk === null && (!call.isSettled || waitsForStaff);
}

function canWait(call: TrialCall): boolean {
  return call.state.phase === 'running' && call.line.talk === null && call.isSettled;
}

function canDo(call: TrialCall): TrialCanDo {
  const isRunning = call.state.phase === 'running';
  const isTalking = call.line.talk !== null;
  return {
    press: isRunning && !isTalking,
    choices: choicesOf(call),
    words: isRunning ? call.words : [],
    listen: canListen(call),
    wait: canWait(call),
    speak: call.line.recording !== null,
    staffHangUp: isTalking,
    hangUp: call.state.ended === null,
  };
}

function choicesOf({ node }: TrialCall): TrialCanDo['choices'] {
  if (node === null || node.asks === null) return [];
  const { choices, repeatKey, slowerKey } = node.asks;
  const labelOf = (key: Key) => node.branches.find(({ name }) => name === `key:${key}`)?.label ?? '';
  return [
    ...choices.map((key) => ({ key, label: labelOf(key) })),
    ...(repeatKey === null ? [] : [{ key: repeatKey, label: 'もう一度聞く' }]),
    ...(slowerKey === null ? [] : [{ key: slowerKey, label: 'ゆっくり聞く' }]),
  ];
}
