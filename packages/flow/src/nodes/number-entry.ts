import { z } from 'zod';
import { checkOptionalPrompt, checkPrompt, namesInPrompts } from '../check-prompt.ts';
import { checkVariableName } from '../check-variable.ts';
import { type Key, KeySchema } from '../event.ts';
import type { Finding, NodeSurroundings } from '../finding.ts';
import type { InnerQuestions, Next, NodeEvent, Turn } from '../node-kind.ts';
import { type Prompt, PromptSchema } from '../prompt.ts';
import { USUAL_WORDINGS } from '../usual-wordings.ts';

/**
 * A telephone number that the caller keys in, hears read back and confirms: what the node kinds that ask for one have in common.
 *
 * Stages: `offering` (a number that is known already; only where there is one) → `entering` → `confirming` → confirmed. A number that is not
 * accepted or not confirmed leads back to `entering`; after `tries` of these, or where nothing is pressed, the entry ends without one.
 */
const EntryKeySchema = KeySchema.exclude(['*', '#']);

/** Settings of every node that asks for a number. */
export const numberEntryFields = {
  interruptible: z.boolean().default(true),
  confirmKey: EntryKeySchema.default('1'),
  retryKey: EntryKeySchema.default('2'),
  /** Reads the number back; null: the usual wording. */
  readBack: PromptSchema.nullable().default(null),
  /** Numbers not accepted or not confirmed after which the caller is not asked again. */
  tries: z.int().min(1).max(5).default(3),
  /** Said before a caller who pressed nothing is asked again. */
  none: PromptSchema.nullable().default(USUAL_WORDINGS.noNumber),
  /** How often he is. */
  noneRetries: z.int().min(0).max(5).default(2),
  firstDigitTimeoutMs: z.int().min(1000).max(60_000).default(10_000),
  interDigitTimeoutMs: z.int().min(1000).max(30_000).default(5_000),
} as const;

/** One question for a number. */
export type NumberQuestion = {
  readonly interruptible: boolean;
  /** Name of the value that the number becomes. */
  readonly variable: string;
  readonly ask: Prompt;
  readonly notAccepted: Prompt | null;
  readonly none: Prompt | null;
  readonly readBack: Prompt;
  readonly offer: Prompt | null;
  readonly confirmKey: Key;
  readonly retryKey: Key;
  readonly tries: number;
  readonly noneRetries: number;
  readonly firstDigitTimeoutMs: number;
  readonly interDigitTimeoutMs: number;
  accepts(digits: string): boolean;
};

export const EntrySchema = z.object({
  stage: z.enum(['offering', 'entering', 'confirming']),
  digits: z.string(),
  wrong: z.int(),
  none: z.int(),
});
export type Entry = z.infer<typeof EntrySchema>;

export type EntryStep =
  | (Extract<Next<Entry>, { type: 'stay' }> & { readonly data: Entry })
  | { readonly type: 'confirmed'; readonly digits: string }
  | { readonly type: 'wrong' }
  | { readonly type: 'none' };

/** No number that may be keyed in has more digits. */
const LONGEST_DIGITS = 11;
const FIRST: Entry = { stage: 'entering', digits: '', wrong: 0, none: 0 };

/** Asks for the number. `before` is said first; keys already pressed stand in for both. */
export function askNumber(question: NumberQuestion, before: Prompt | null, turn: Turn): EntryStep {
  if (!question.interruptible) turn.dropTypedKeys();
  return ask(question, FIRST, before, turn);
}

/** Offers a number that is known, to be confirmed or replaced by another. */
export function offerNumber(
  question: NumberQuestion,
  digits: string,
  before: Prompt | null,
  turn: Turn,
): EntryStep {
  turn.dropTypedKeys();
  turn.setVariable(question.variable, { text: digits, readAs: 'telephone' });
  return sayAndWait(question, { ...FIRST, stage: 'offering', digits }, [before, question.offer], turn);
}

export function onEntry(
  question: NumberQuestion,
  data: Entry,
  event: NodeEvent,
  turn: Turn,
): EntryStep | null {
  if (event.type === 'keyPressed') {
    // Pressed out of habit after a number that was complete without it: cuts nothing short and means nothing.
    if (data.stage !== 'entering' && event.key === '#') return { type: 'stay', data, wait: 'unchanged' };
    return pressed(question, data, event.key, turn);
  }
  if (event.type === 'announced') return waitForKey(question, data);
  if (event.type !== 'timePassed') return null;
  const isComplete = data.stage === 'entering' && data.digits !== '';
  return isComplete ? complete(question, data, turn) : unanswered(question, data, turn);
}

/** After the controlling process was away: half a number is asked for anew, a whole one is read again. */
export function resumeEntry(question: NumberQuestion, data: Entry, turn: Turn): EntryStep {
  if (data.stage === 'entering') return ask(question, data, null, turn);
  return turn.sayAgain() ? { type: 'stay', data, wait: 'announced' } : waitForKey(question, data);
}

export function checkNumberQuestion(
  question: NumberQuestion,
  surroundings: NodeSurroundings,
): readonly Finding[] {
  const findings = [
    ...checkPrompt(question.ask, '番号を尋ねる案内', surroundings),
    ...checkPrompt(question.readBack, '復唱の案内', surroundings),
    ...checkOptionalPrompt(question.offer, '発信元番号を確かめる案内', surroundings),
    ...checkOptionalPrompt(question.notAccepted, '使えない番号の案内', surroundings),
    ...checkOptionalPrompt(question.none, '無操作の案内', surroundings),
    ...checkVariableName(question.variable),
  ];
  if (question.confirmKey === question.retryKey) {
    findings.push({
      severity: 'error',
      code: 'keyCombination',
      message: '番号の「確定」と「押し直し」が同じキーです。',
      mend: '別々のキーを割り当ててください。',
    });
  }
  for (const prompt of [question.readBack, question.offer]) {
    if (prompt?.type !== 'text' || namesInPrompts([prompt]).includes(question.variable)) continue;
    findings.push({
      severity: 'warning',
      code: 'readBackWithoutValue',
      message: '番号を確かめる案内に、その番号が含まれていません。',
      mend: `文章の中に {{${question.variable}}} を入れてください。`,
    });
  }
  return findings;
}

/** All that a question may say. */
export function promptsOfQuestion(question: NumberQuestion): readonly (Prompt | null)[] {
  return [question.ask, question.readBack, question.offer, question.notAccepted, question.none];
}

/** The two moments at which it asks for one key. */
export function keysOfQuestion({
  readBack,
  offer,
  confirmKey,
  retryKey,
}: NumberQuestion): InnerQuestions['questions'] {
  const choices = [confirmKey, retryKey];
  return [
    { what: '復唱の案内', prompt: readBack, choices },
    ...(offer === null ? [] : [{ what: '発信元番号を確かめる案内', prompt: offer, choices }]),
  ];
}

function ask(question: NumberQuestion, counts: Entry, before: Prompt | null, turn: Turn): EntryStep {
  turn.clearVariable(question.variable);
  const data: Entry = { ...counts, stage: 'entering', digits: '' };
  if (!turn.hasTypedKeys()) return sayAndWait(question, data, [before, question.ask], turn);
  let step: EntryStep = waitForKey(question, data);
  while (step.type === 'stay' && step.data.stage === 'entering') {
    const key = turn.takeTypedKey();
    if (key === null) break;
    step = pressed(question, step.data, key, turn);
  }
  return step;
}

function pressed(question: NumberQuestion, data: Entry, key: Key, turn: Turn): EntryStep {
  turn.stopAnnouncing();
  if (data.stage !== 'entering') return judged(question, data, key, turn);
  if (key === '#') {
    return data.digits === '' ? unanswered(question, data, turn) : complete(question, data, turn);
  }
  if (key === '*') return failed(question, data, turn);
  const entered = { ...data, digits: data.digits + key };
  if (entered.digits.length < LONGEST_DIGITS) return waitForKey(question, entered);
  turn.passOver('#');
  return complete(question, entered, turn);
}

/** The number is always read back: whoever typed ahead may not confirm what he has not heard. */
function complete(question: NumberQuestion, data: Entry, turn: Turn): EntryStep {
  if (!question.accepts(data.digits)) return failed(question, data, turn);
  turn.dropTypedKeys();
  turn.setVariable(question.variable, { text: data.digits, readAs: 'telephone' });
  return sayAndWait(question, { ...data, stage: 'confirming' }, [question.readBack], turn);
}

function judged(question: NumberQuestion, data: Entry, key: Key, turn: Turn): EntryStep {
  if (key === question.confirmKey) return { type: 'confirmed', digits: data.digits };
  const isOtherWished = key === question.retryKey && data.stage === 'offering';
  return isOtherWished ? ask(question, data, null, turn) : failed(question, data, turn, key);
}

/** A number not accepted or taken back, or a key that answers nothing. */
function failed(question: NumberQuestion, before: Entry, turn: Turn, key: Key | null = null): EntryStep {
  turn.dropTypedKeys();
  const data = { ...before, wrong: before.wrong + 1 };
  if (data.wrong >= question.tries) return left(question, 'wrong', turn);
  if (before.stage === 'entering') return ask(question, data, question.notAccepted, turn);
  return key === question.retryKey
    ? ask(question, data, null, turn)
    : sayAndWait(question, data, [toConfirm(question, data)], turn);
}

function unanswered(question: NumberQuestion, before: Entry, turn: Turn): EntryStep {
  turn.dropTypedKeys();
  const data = { ...before, none: before.none + 1 };
  if (before.none >= question.noneRetries) return left(question, 'none', turn);
  if (data.stage === 'entering') return ask(question, data, question.none, turn);
  return sayAndWait(question, data, [question.none, toConfirm(question, data)], turn);
}

function toConfirm(question: NumberQuestion, { stage }: Entry): Prompt | null {
  return stage === 'offering' ? question.offer : question.readBack;
}

/** A number that was not confirmed must not turn up in a later text. */
function left(question: NumberQuestion, type: 'wrong' | 'none', turn: Turn): EntryStep {
  turn.clearVariable(question.variable);
  return { type };
}

function sayAndWait(
  question: NumberQuestion,
  data: Entry,
  prompts: readonly (Prompt | null)[],
  turn: Turn,
): EntryStep {
  return turn.say(prompts, question) ? { type: 'stay', data, wait: 'announced' } : waitForKey(question, data);
}

function waitForKey(question: NumberQuestion, data: Entry): EntryStep & { type: 'stay' } {
  const isHalfDone = data.stage === 'entering' && data.digits !== '';
  const forMs = isHalfDone ? question.interDigitTimeoutMs : question.firstDigitTimeoutMs;
  return { type: 'stay', data, wait: { forMs } };
}
