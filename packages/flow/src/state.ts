import { z } from 'zod';
import { CallContextSchema, KeySchema } from './event.ts';
import { ReadAsSchema } from './read-as.ts';

/**
 * What came of a call.
 * `callBack`: staff are to call the citizen back. `announcement`: reached an end, served by announcements only. `abandoned`: the caller
 * hung up before an end. `unknown`: its end was not seen. `refused`: turned away unanswered, no line was free or it was a call of ours that
 * came back. `forwarded`: passed on unanswered since the number is stopped, whatever came of it there. `error`: the flow could not go on.
 */
export const OutcomeSchema = z.enum([
  'announcement',
  'sms',
  'transfer',
  'callBack',
  'voicemail',
  'abandoned',
  'refused',
  'forwarded',
  'unknown',
  'error',
]);
export type Outcome = z.infer<typeof OutcomeSchema>;

const SayPartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fixed'), text: z.string() }),
  z.object({
    type: z.literal('value'),
    name: z.string(),
    text: z.string(),
    readAs: ReadAsSchema,
    secret: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('audio'), audioId: z.string() }),
]);

/**
 * Where a call stands. Plain JSON; times are milliseconds on the call's own clock.
 *
 * `phase`: `answering` (waits for `answered`) → `opening` (hears what is said before the flow; only where there is such) → `running`
 * (a node has it) → `hangingUp` (waits for `hungUp`) → `ended`. Or `forwarding` (passed on unanswered) → `hangingUp` → `ended`.
 * Any phase → `ended` by `callerHungUp`, `hungUp`, `callLost`. Only interpreter.ts sets it.
 */
export const CallStateSchema = z.object({
  phase: z.enum(['answering', 'opening', 'forwarding', 'running', 'hangingUp', 'ended']),
  context: CallContextSchema,
  /** Kept after the end: where the call was when it ended. */
  position: z.object({ flowId: z.string(), nodeId: z.string() }).nullable(),
  /** What the node at `position` has to remember; its own schema reads it. */
  nodeData: z.json(),
  variables: z.record(
    z.string(),
    z.object({ text: z.string(), readAs: ReadAsSchema, secret: z.literal(true).optional() }),
  ),
  /** The announcement that this node made last, to be recognised by its id and repeated on `resumed`. */
  prompt: z
    .object({
      id: z.int(),
      parts: z.array(SayPartSchema),
      interruptible: z.boolean(),
      playing: z.boolean(),
      /** Not the node's own announcement: hearing it is no hearing of a notice of recording. */
      aside: z.boolean().default(false),
    })
    .nullable(),
  /** Time of the answer; null before it. */
  answeredAtMs: z.number().nullable().default(null),
  /** Keys pressed before they were asked for. */
  typedAhead: z.array(KeySchema),
  /** A key that callers press out of habit after it is needed: until this time it counts for nothing. */
  passedOver: z.object({ key: KeySchema, untilMs: z.number() }).nullable().default(null),
  /** `timePassed` is due at this time. Never null before the end. */
  deadlineMs: z.number().nullable(),
  served: z.object({
    sms: z.boolean(),
    transfer: z.boolean(),
    voicemail: z.boolean(),
    callBack: z.boolean().default(false),
  }),
  /** A text went to a number other than the caller's own: no second one goes to any such number in this call. */
  textedElsewhere: z.boolean().default(false),
  reachedEnd: z.boolean(),
  /** The last notice of recording was heard to its end. Otherwise nothing is recorded. */
  toldOfRecording: z.boolean().default(false),
  /** The caller chose to be spoken to more slowly: holds until the end of the call. */
  slower: z.boolean().default(false),
  /** The flow could not go on. */
  failed: z.boolean(),
  nodesEntered: z.int(),
  lastSeq: z.int(),
  lastAtMs: z.number(),
  ended: OutcomeSchema.nullable(),
});
export type CallState = z.infer<typeof CallStateSchema>;

export type Position = NonNullable<CallState['position']>;
export type Served = keyof CallState['served'];

/** What came of the call, or null while it goes on. */
export function outcomeOf(state: CallState): Outcome | null {
  return state.ended;
}
