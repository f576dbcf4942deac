import { z } from 'zod';
import { checkChoiceKeys } from '../check-choice-keys.ts';
import { checkOptionalPrompt, checkPrompt } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import { type Key, KeySchema } from '../event.ts';
import type { Finding } from '../finding.ts';
import { defineNodeKind, type InnerQuestions, type Next, type Turn } from '../node-kind.ts';
import { mayDial } from '../numbering.ts';
import { type Prompt, PromptSchema } from '../prompt.ts';
import { USUAL_WORDINGS, usualOffer, usualReadBack, usualTimes } from '../usual-wordings.ts';
import {
  askNumber,
  checkNumberQuestion,
  EntrySchema,
  type EntryStep,
  keysOfQuestion,
  type NumberQuestion,
  numberEntryFields,
  offerNumber,
  onEntry,
  promptsOfQuestion,
  resumeEntry,
} from './number-entry.ts';

/**
 * 折り返し依頼: the caller confirms by key which number staff are to call back, and chooses a time. Nothing is asked of staff before the number
 * is confirmed. Branches: `accepted`, `wrong` (tries used up), `none`, `withheld` (where callers without a number are not asked for one).
 */
export const CallBackRequestNodeSchema = z.object({
  kind: z.literal('callBackRequest'),
  ...nodeFields,
  prompt: PromptSchema.default(USUAL_WORDINGS.callBack),
  /** Name of the value that the number becomes. */
  variable: z.string().default('callBackNumber'),
  /** Offers the number that the caller calls from; null: the usual wording. */
  offer: PromptSchema.nullable().default(null),
  ask: PromptSchema.default(USUAL_WORDINGS.askCallBackNumber),
  notDialable: PromptSchema.nullable().default(USUAL_WORDINGS.notDialable),
  /** Whether a caller who withholds the number may key one in. */
  askWithheld: z.boolean().default(true),
  /** Times that may be wished for, in staff's words ('午前中'); none: no question. */
  times: z.array(z.object({ key: KeySchema, label: z.string() })).default([]),
  /** Asks for the time; null: the usual wording. */
  timePrompt: PromptSchema.nullable().default(null),
  accepted: PromptSchema.default(USUAL_WORDINGS.callBackAccepted),
  ...numberEntryFields,
});
export type CallBackRequestNode = z.infer<typeof CallBackRequestNodeSchema>;

const DataSchema = z.discriminatedUnion('stage', [
  EntrySchema,
  z.object({ stage: z.literal('choosing'), digits: z.string(), askedAgain: z.int() }),
  z.object({ stage: z.literal('accepted') }),
]);
type Data = z.infer<typeof DataSchema>;
type Choosing = Extract<Data, { stage: 'choosing' }>;

/** After these the request goes in without a wished time: the number is confirmed, and the caller wants to be called. */
const TIME_RETRIES = 2;
/** Left only after a moment where the confirmation has nothing to say, so that one event asks for one call at most. */
const UNSAID_MS = 1_000;

export const callBackRequest = defineNodeKind<CallBackRequestNode, Data>({
  kind: 'callBackRequest',
  label: '折り返し依頼',
  schema: CallBackRequestNodeSchema,
  data: DataSchema,
  waits: (node) => node.askWithheld,
  listens: true,
  asksInside: (node) => ({
    questions: [...keysOfQuestion(questionOf(node)), ...timeQuestion(node)],
    around: [],
    always: [],
  }),
  firstKeyTimeoutMs: (node) => node.firstDigitTimeoutMs,
  reaches: 'message',
  branches: (node) => [
    { name: 'accepted', label: '受付', passive: false, sets: [node.variable] },
    { name: 'wrong', label: '入力誤り', passive: false },
    { name: 'none', label: '無操作', passive: true },
    ...(node.askWithheld ? [] : [{ name: 'withheld', label: '番号通知なし', passive: true }]),
  ],
  check: (node, surroundings) => [
    ...checkPrompt(node.prompt, '折り返しの案内', surroundings),
    ...checkNumberQuestion(questionOf(node), surroundings),
    ...checkOptionalPrompt(timesOf(node), '時間を尋ねる案内', surroundings),
    ...checkPrompt(node.accepted, '受付の案内', surroundings),
    ...checkChoiceKeys(node.times, '時間の選択肢'),
    ...checkLabels(node),
  ],
  prompts: (node) => [
    node.prompt,
    ...promptsOfQuestion(questionOf(node)),
    timesOf(node),
    USUAL_WORDINGS.wrongKey,
    node.accepted,
  ],
  setsBeforeSaying: (node) => [node.variable],
  enter(node, turn) {
    const { callerNumber } = turn.context;
    if (callerNumber !== null && isDialable(callerNumber))
      return next(node, offerNumber(questionOf(node), callerNumber, node.prompt, turn), turn);
    if (!node.askWithheld) return { type: 'go', branch: 'withheld' };
    return next(node, askNumber(questionOf(node), node.prompt, turn), turn);
  },
  on(node, data, event, turn) {
    if (data.stage === 'accepted') {
      const isOver = event.type === 'announced' || event.type === 'timePassed';
      return isOver ? { type: 'go', branch: 'accepted' } : null;
    }
    if (data.stage === 'choosing') {
      if (event.type === 'keyPressed') return chosen(node, data, event.key, turn);
      if (event.type === 'announced') return waitForTime(node, data);
      return event.type === 'timePassed' ? askTimeAgain(node, data, node.none, turn) : null;
    }
    const step = onEntry(questionOf(node), data, event, turn);
    return step === null ? null : next(node, step, turn);
  },
  resume(node, data, turn) {
    if (data.stage === 'accepted') return turn.sayAgain() ? { type: 'stay', data, wait: 'announced' } : null;
    if (data.stage === 'choosing') return askTime(node, data, null, turn);
    return next(node, resumeEntry(questionOf(node), data, turn), turn);
  },
  atHangUp: (_node, data) => (data.stage === 'accepted' ? { served: 'callBack', branch: 'accepted' } : null),
});

/** The words are said to the caller and read by staff. */
function checkLabels({ times }: CallBackRequestNode): readonly Finding[] {
  return times
    .filter(({ label }) => label.trim() === '')
    .map(({ key }) => ({
      severity: 'error',
      code: 'emptyText',
      message: `時間の選択肢で、キー「${key}」の言葉が空です。`,
      mend: '「午前中」のように、時間を表す言葉を入力してください。',
    }));
}

const isDialable = (digits: string): boolean => mayDial(digits, { tollFree: false }).allowed;

function questionOf(node: CallBackRequestNode): NumberQuestion {
  return {
    ...node,
    notAccepted: node.notDialable,
    readBack: node.readBack ?? usualReadBack(node),
    offer: node.offer ?? usualOffer(node),
    accepts: isDialable,
  };
}

function timesOf({ times, timePrompt }: CallBackRequestNode): Prompt | null {
  return times.length === 0 ? null : (timePrompt ?? usualTimes(times));
}

function timeQuestion(node: CallBackRequestNode): InnerQuestions['questions'] {
  const prompt = timesOf(node);
  if (prompt === null) return [];
  return [{ what: '時間を尋ねる案内', prompt, choices: node.times.map(({ key }) => key) }];
}

function next(node: CallBackRequestNode, step: EntryStep, turn: Turn): Next<Data> {
  if (step.type === 'stay') return step;
  if (step.type !== 'confirmed') return { type: 'go', branch: step.type };
  turn.dropTypedKeys();
  if (node.times.length === 0) return accept(node, step.digits, null, turn);
  return askTime(node, { stage: 'choosing', digits: step.digits, askedAgain: 0 }, null, turn);
}

function askTime(node: CallBackRequestNode, data: Choosing, before: Prompt | null, turn: Turn): Next<Data> {
  const isSaid = turn.say([before, timesOf(node)], node);
  return isSaid ? { type: 'stay', data, wait: 'announced' } : waitForTime(node, data);
}

function waitForTime(node: CallBackRequestNode, data: Choosing): Next<Data> {
  return { type: 'stay', data, wait: { forMs: node.firstDigitTimeoutMs } };
}

function chosen(node: CallBackRequestNode, data: Choosing, key: Key, turn: Turn): Next<Data> {
  const time = node.times.find((each) => each.key === key);
  if (time !== undefined) return accept(node, data.digits, time.label, turn);
  // The end key of a number, pressed late.
  if (key === '#') return { type: 'stay', data, wait: 'unchanged' };
  return askTimeAgain(node, data, USUAL_WORDINGS.wrongKey, turn);
}

function askTimeAgain(
  node: CallBackRequestNode,
  data: Choosing,
  before: Prompt | null,
  turn: Turn,
): Next<Data> {
  if (data.askedAgain >= TIME_RETRIES) return accept(node, data.digits, null, turn);
  return askTime(node, { ...data, askedAgain: data.askedAgain + 1 }, before, turn);
}

/** The confirmation is heard to its end whatever is pressed: the caller is to know that staff will call. */
function accept(
  node: CallBackRequestNode,
  number: string,
  wishedTime: string | null,
  turn: Turn,
): Next<Data> {
  turn.act({ type: 'requestCallBack', id: turn.seq, number, wishedTime });
  turn.markServed('callBack');
  const isSaid = turn.say([node.accepted], { interruptible: false });
  return { type: 'stay', data: { stage: 'accepted' }, wait: isSaid ? 'announced' : { forMs: UNSAID_MS } };
}
