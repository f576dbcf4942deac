import { z } from 'zod';
import type { Whisper } from '../action.ts';
import { KeySchema, type TransferFailure, TransferFailureSchema } from '../event.ts';
import type { Next, Turn } from '../node-kind.ts';
import { nationalDigits } from '../numbering.ts';
import { type Prompt, PromptSchema } from '../prompt.ts';
import { sayPartsOf } from '../template.ts';
import { jointFailure, type TransferTarget } from './transfer-targets.ts';

/** 待ち: where all telephones are taken the caller is not sent away, but told to wait while they are rung again. */
export const WaitingSchema = z.object({
  prompt: PromptSchema,
  /** From the beginning of one announcement to that of the next. */
  everyMs: z.int().min(10_000).max(60_000).default(25_000),
  /** From the first dialling on. */
  limitMs: z.int().min(20_000).max(1_800_000).default(180_000),
  /** Pressed by a caller who was told to wait and would rather not. */
  leaveKey: KeySchema.nullable().default(null),
});
type Waiting = z.infer<typeof WaitingSchema>;

/**
 * `announcing` → `ringing` ⇄ `pausing` (with `waiting` only: all telephones were tried in vain) → `talking` → `over` (the caller hung up; its
 * event follows).
 */
export const DataSchema = z.object({
  stage: z.enum(['announcing', 'ringing', 'pausing', 'talking', 'over']),
  /** Of the order to dial. */
  id: z.int(),
  /** The telephone that is rung, where they are rung in order. */
  target: z.int(),
  /** Of this round through the telephones. */
  failures: z.array(TransferFailureSchema),
  /** When the first telephone was dialled. */
  sinceMs: z.number(),
  /** `ringing`: no report will come any more. `pausing`: the telephones are rung again. */
  untilMs: z.number(),
  /** When the caller is told to wait, or told again. */
  promptDueMs: z.number(),
  told: z.boolean(),
});
export type Data = z.infer<typeof DataSchema>;

type Settings = {
  readonly targets: readonly TransferTarget[];
  readonly ringing: 'inOrder' | 'all';
  readonly record: boolean;
  readonly whisper: Prompt | null;
  readonly acceptKey: Whisper['acceptKey'];
  readonly acceptTimeoutMs: number;
  readonly waiting: Waiting | null;
};

/** The line reports the end of ringing itself; this is for a report that never comes. */
const RING_GRACE_MS = 20_000;
/** Telephones that were taken are not rung again before. */
const RING_AGAIN_MS = 10_000;
/** As the interpreter admits: timers may fire this much early. */
const TIMER_SLACK_MS = 50;

/** Rings for the first time. */
export function beginRinging(node: Settings, turn: Turn): Next<Data> {
  return ringFrom(
    node,
    {
      stage: 'ringing',
      id: turn.seq,
      target: 0,
      failures: [],
      sinceMs: turn.atMs,
      untilMs: turn.atMs,
      promptDueMs: turn.atMs + (node.waiting?.everyMs ?? 0),
      told: false,
    },
    turn,
  );
}

/** The telephone that was rung, or all of them, cannot be had. */
export function ringingFailed(node: Settings, data: Data, reason: TransferFailure, turn: Turn): Next<Data> {
  const failures = [...data.failures, reason];
  const target = data.target + 1;
  if (node.ringing === 'inOrder' && target < node.targets.length)
    return ringFrom(node, { ...data, target, failures }, turn);
  const joint = jointFailure(failures);
  const branch = joint === 'noLine' ? 'busy' : joint === 'busy' || joint === 'unanswered' ? joint : 'failed';
  // What nobody knows the reason of (a restart of ours in the middle of it) may go well the next time.
  const isHopeless = branch === 'failed' && joint !== 'unknown';
  if (node.waiting === null || isHopeless) return leave(data, branch, turn);
  const paused: Data = { ...data, stage: 'pausing', untilMs: turn.atMs + RING_AGAIN_MS };
  if (turn.announcing) return stay(node, paused, turn);
  if (!data.told) return tell(node, node.waiting, paused, turn);
  return whatIsDue(node, paused, turn);
}

/** The caller was told to wait: telephones that were found taken are rung again. */
export function toldToWait(node: Settings, data: Data, turn: Turn): Next<Data> {
  if (isTooLong(node, data, turn)) return giveUp(data, 'waitedTooLong', turn);
  return data.stage === 'pausing' ? ringAgain(node, data, turn) : stay(node, data, turn);
}

/** What the clock asks for while telephones ring, or between. */
export function whatIsDue(node: Settings, data: Data, turn: Turn): Next<Data> {
  const nowMs = turn.atMs + TIMER_SLACK_MS;
  if (isTooLong(node, data, turn)) return giveUp(data, 'waitedTooLong', turn);
  if (data.stage === 'ringing' && nowMs >= data.untilMs) {
    turn.act({ type: 'endTransfer', id: data.id });
    return ringingFailed(node, data, 'unknown', turn);
  }
  if (node.waiting !== null && nowMs >= data.promptDueMs) return tell(node, node.waiting, data, turn);
  if (data.stage === 'pausing' && nowMs >= data.untilMs) return ringAgain(node, data, turn);
  return stay(node, data, turn);
}

/** Leaves without a talk; what rings is cancelled. */
export function giveUp(data: Data, branch: string, turn: Turn): Next<Data> {
  if (data.stage === 'ringing') turn.act({ type: 'endTransfer', id: data.id });
  return leave(data, branch, turn);
}

/** The controlling process came back: what the caller was hearing while he waits begins again. */
export function waitAgain(data: Data, turn: Turn): Next<Data> | null {
  if (!data.told) return null;
  turn.act({ type: 'ringTone', on: true });
  return turn.announcing && turn.sayAgain()
    ? { type: 'stay', data, wait: 'announced' }
    : { type: 'stay', data, wait: 'unchanged' };
}

function leave(data: Data, branch: string, turn: Turn): Next<Data> {
  if (data.told) turn.act({ type: 'ringTone', on: false });
  return { type: 'go', branch };
}

function ringAgain(node: Settings, data: Data, turn: Turn): Next<Data> {
  return ringFrom(node, { ...data, target: 0, failures: [] }, turn);
}

/** One order for all telephones that are rung at once: those of a version that was never checked may be no numbers. */
function ringFrom(node: Settings, data: Data, turn: Turn): Next<Data> {
  const chosen = node.ringing === 'all' ? node.targets : node.targets.slice(data.target, data.target + 1);
  const rung = chosen.flatMap(({ to, ringTimeoutMs }, index) => {
    const digits = nationalDigits(to);
    return digits === null ? [] : [{ target: data.target + index, to: digits, ringTimeoutMs }];
  });
  const [first, ...others] = rung;
  if (first === undefined) return ringingFailed(node, data, 'unknown', turn);
  const whisper = whisperOf(node, turn);
  const { target, to, ringTimeoutMs } = first;
  turn.act({
    type: 'transfer',
    id: turn.seq,
    to,
    ringTimeoutMs,
    record: node.record && turn.toldOfRecording,
    ...(target === 0 ? {} : { target }),
    ...(others.length === 0 ? {} : { alsoRing: others }),
    ...(whisper === null ? {} : { whisper }),
  });
  const longestMs = Math.max(...rung.map((each) => each.ringTimeoutMs)) + (whisper?.acceptTimeoutMs ?? 0);
  const untilMs = turn.atMs + longestMs + RING_GRACE_MS;
  return stay(node, { ...data, stage: 'ringing', id: turn.seq, untilMs }, turn);
}

function whisperOf({ whisper, acceptKey, acceptTimeoutMs }: Settings, turn: Turn): Whisper | null {
  const parts = sayPartsOf(whisper, turn.values);
  return parts.length === 0 && acceptKey === null ? null : { parts, acceptKey, acceptTimeoutMs };
}

function tell(node: Settings, waiting: Waiting, data: Data, turn: Turn): Next<Data> {
  const told: Data = { ...data, told: true, promptDueMs: turn.atMs + waiting.everyMs };
  const said = turn.say([waiting.prompt], { interruptible: waiting.leaveKey !== null, aside: true });
  // Silence between would sound as if the call were lost.
  if (!data.told) turn.act({ type: 'ringTone', on: true });
  return said ? { type: 'stay', data: told, wait: 'announced' } : stay(node, told, turn);
}

function isTooLong({ waiting }: Settings, data: Data, turn: Turn): boolean {
  return waiting !== null && turn.atMs + TIMER_SLACK_MS >= data.sinceMs + waiting.limitMs;
}

/** While the caller is told to wait, nothing else is due: the clock waits for the end of the announcement. */
function stay({ waiting }: Settings, data: Data, turn: Turn): Next<Data> {
  if (turn.announcing) return { type: 'stay', data, wait: 'unchanged' };
  const dueMs = Math.min(
    data.untilMs,
    ...(waiting === null ? [] : [data.promptDueMs, data.sinceMs + waiting.limitMs]),
  );
  return { type: 'stay', data, wait: { forMs: Math.max(1, dueMs - turn.atMs) } };
}
