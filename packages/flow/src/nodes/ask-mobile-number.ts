import { z } from 'zod';
import { nodeFields } from '../draft.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';
import { kindOfNumber } from '../numbering.ts';
import { PromptSchema } from '../prompt.ts';
import { USUAL_WORDINGS, usualReadBack } from '../usual-wordings.ts';
import {
  askNumber,
  checkNumberQuestion,
  type Entry,
  EntrySchema,
  type EntryStep,
  keysOfQuestion,
  type NumberQuestion,
  numberEntryFields,
  onEntry,
  promptsOfQuestion,
  resumeEntry,
} from './number-entry.ts';

/**
 * 携帯番号の聞き取り: asks a caller from a landline, or who withholds the number, where a text can go; a later SMS node sends to the value.
 * Branches: `next`, `wrong` (tries used up), `none`.
 */
export const AskMobileNumberNodeSchema = z.object({
  kind: z.literal('askMobileNumber'),
  ...nodeFields,
  prompt: PromptSchema.default(USUAL_WORDINGS.askMobileNumber),
  /** Name of the value that the number becomes. */
  variable: z.string().default('mobileNumber'),
  /** Who calls from a mobile telephone is not asked: the value is the caller's number. */
  skipWhenMobile: z.boolean().default(true),
  /** Said before the caller is asked again after another number than that of a mobile telephone. */
  notMobile: PromptSchema.nullable().default(USUAL_WORDINGS.notMobileNumber),
  ...numberEntryFields,
});
export type AskMobileNumberNode = z.infer<typeof AskMobileNumberNodeSchema>;

export const askMobileNumber = defineNodeKind<AskMobileNumberNode, Entry>({
  kind: 'askMobileNumber',
  label: '携帯番号の聞き取り',
  schema: AskMobileNumberNodeSchema,
  data: EntrySchema,
  waits: (node) => !node.skipWhenMobile,
  listens: true,
  asksInside: (node) => ({ questions: keysOfQuestion(questionOf(node)), around: [], always: [] }),
  firstKeyTimeoutMs: (node) => node.firstDigitTimeoutMs,
  branches: (node) => [
    { name: 'next', label: '番号確定', passive: node.skipWhenMobile, sets: [node.variable] },
    { name: 'wrong', label: '入力誤り', passive: false },
    { name: 'none', label: '無操作', passive: true },
  ],
  check: (node, surroundings) => checkNumberQuestion(questionOf(node), surroundings),
  prompts: (node) => promptsOfQuestion(questionOf(node)),
  setsBeforeSaying: (node) => [node.variable],
  enter(node, turn) {
    const { callerNumber } = turn.context;
    if (node.skipWhenMobile && callerNumber !== null && kindOfNumber(callerNumber) === 'mobile') {
      turn.setVariable(node.variable, { text: callerNumber, readAs: 'telephone' });
      return { type: 'go', branch: 'next' };
    }
    return next(askNumber(questionOf(node), null, turn));
  },
  on(node, data, event, turn) {
    const step = onEntry(questionOf(node), data, event, turn);
    return step === null ? null : next(step);
  },
  resume: (node, data, turn: Turn) => next(resumeEntry(questionOf(node), data, turn)),
});

function questionOf(node: AskMobileNumberNode): NumberQuestion {
  return {
    ...node,
    ask: node.prompt,
    notAccepted: node.notMobile,
    readBack: node.readBack ?? usualReadBack(node),
    offer: null,
    accepts: (digits) => kindOfNumber(digits) === 'mobile',
  };
}

function next(step: EntryStep): Next<Entry> {
  if (step.type === 'stay') return step;
  return { type: 'go', branch: step.type === 'confirmed' ? 'next' : step.type };
}
