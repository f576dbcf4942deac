import { z } from 'zod';
import { checkOptionalPrompt, checkPrompt, namesInPrompts } from '../check-prompt.ts';
import { checkVariableName } from '../check-variable.ts';
import { valueOfDigits } from '../digits-value.ts';
import { nodeFields } from '../draft.ts';
import { type Key, KeySchema } from '../event.ts';
import type { Finding } from '../finding.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';
import { PromptSchema } from '../prompt.ts';
import { ReadAsSchema } from '../read-as.ts';

const RetrySchema = z.object({
  retries: z.int().min(0).max(9).default(2),
  /** Said before the caller is asked again. */
  prompt: PromptSchema.nullable().default(null),
});
const usualRetry = { retries: 2, prompt: null };

/** 番号入力: the caller keys in digits, which become a value. Branches: `next`, `wrong`, `none`. */
export const DigitsNodeSchema = z.object({
  kind: z.literal('digits'),
  ...nodeFields,
  prompt: PromptSchema,
  interruptible: z.boolean().default(true),
  /** Name of the value that the digits become. */
  variable: z.string(),
  /** What the digits are. A `date` is eight digits (19800131), a `time` four (0930); others count as wrong. */
  readAs: ReadAsSchema.default('digits'),
  minLengthDigits: z.int().min(1).max(32),
  maxLengthDigits: z.int().min(1).max(32),
  endKey: z.enum(['#', '*']).nullable().default('#'),
  firstDigitTimeoutMs: z.int().min(1000).max(60_000).default(10_000),
  interDigitTimeoutMs: z.int().min(1000).max(30_000).default(5_000),
  /** Reads the digits back (the prompt names them by `{{variable}}`) and lets the caller say whether they are right. */
  readBack: z
    .object({ prompt: PromptSchema, confirmKey: KeySchema.default('1'), retryKey: KeySchema.default('2') })
    .nullable()
    .default(null),
  wrong: RetrySchema.default(usualRetry),
  none: RetrySchema.default(usualRetry),
  /** Birth date, 記号番号 and the like: hidden on screens, encrypted in the records, never in a text message. */
  secret: z.boolean().default(false),
});
export type DigitsNode = z.infer<typeof DigitsNodeSchema>;

const DataSchema = z.object({
  stage: z.enum(['entering', 'confirming']),
  digits: z.string(),
  wrong: z.int(),
  none: z.int(),
});
type Data = z.infer<typeof DataSchema>;

export const digits = defineNodeKind<DigitsNode, Data>({
  kind: 'digits',
  label: '番号入力',
  schema: DigitsNodeSchema,
  data: DataSchema,
  waits: true,
  branches: (node) => [
    { name: 'next', label: '入力済み', passive: false, sets: [node.variable] },
    { name: 'wrong', label: '入力誤り', passive: false },
    { name: 'none', label: '無操作', passive: true },
  ],
  check: (node, surroundings) => [
    ...checkPrompt(node.prompt, '入力の案内', surroundings),
    ...checkOptionalPrompt(node.readBack?.prompt ?? null, '復唱の案内', surroundings),
    ...checkOptionalPrompt(node.wrong.prompt, '入力誤りの案内', surroundings),
    ...checkOptionalPrompt(node.none.prompt, '無操作の案内', surroundings),
    ...checkVariableName(node.variable),
    ...checkKeys(node),
  ],
  prompts: (node) => [node.prompt, node.readBack?.prompt ?? null, node.wrong.prompt, node.none.prompt],
  setsBeforeSaying: (node) => [node.variable],
  secret: (node) => node.secret,
  firstKeyTimeoutMs: (node) => node.firstDigitTimeoutMs,
  enter(node, turn) {
    if (!node.interruptible) turn.dropTypedKeys();
    return ask(node, { wrong: 0, none: 0 }, turn, null);
  },
  on(node, data, event, turn) {
    if (event.type === 'keyPressed') {
      const isSpare = data.stage === 'confirming' && event.key === spareEndKey(node, data);
      return isSpare ? { type: 'stay', data, wait: 'unchanged' } : pressed(node, data, event.key, turn);
    }
    if (event.type === 'announced') {
      const isEntering = data.stage === 'entering' && data.digits !== '';
      return stay(data, isEntering ? node.interDigitTimeoutMs : node.firstDigitTimeoutMs);
    }
    if (event.type !== 'timePassed') return null;
    if (data.stage === 'confirming' || data.digits === '') return unanswered(node, data, turn);
    return complete(node, data, turn);
  },
  resume: (node, data, turn) =>
    data.stage === 'confirming' && turn.sayAgain()
      ? { type: 'stay', data, wait: 'announced' }
      : ask(node, data, turn, null),
});

const stay = (data: Data, forMs: number): Next<Data> => ({ type: 'stay', data, wait: { forMs } });

type Counts = Pick<Data, 'wrong' | 'none'>;

/** Asks for the digits from the first on. Keys already pressed stand in for the announcement. */
function ask(
  node: DigitsNode,
  { wrong, none }: Counts,
  turn: Turn,
  before: DigitsNode['prompt'] | null,
): Next<Data> {
  turn.clearVariable(node.variable);
  const data: Data = { stage: 'entering', digits: '', wrong, none };
  if (turn.hasTypedKeys()) return withTypedKeys(node, stay(data, node.firstDigitTimeoutMs), turn);
  const said = turn.say([before, node.prompt], node);
  return said ? { type: 'stay', data, wait: 'announced' } : stay(data, node.firstDigitTimeoutMs);
}

function withTypedKeys(node: DigitsNode, first: Next<Data>, turn: Turn): Next<Data> {
  let next = first;
  while (next.type === 'stay') {
    const key = turn.takeTypedKey();
    if (key === null) break;
    next = pressed(node, next.data, key, turn);
  }
  return next;
}

function pressed(node: DigitsNode, data: Data, key: Key, turn: Turn): Next<Data> {
  turn.stopAnnouncing();
  if (data.stage === 'confirming') return confirmed(node, data, key, turn);
  if (key === node.endKey)
    return data.digits === '' ? unanswered(node, data, turn) : complete(node, data, turn);
  if (key === '*' || key === '#') return mistaken(node, data, turn);
  const entered = { ...data, digits: data.digits + key };
  if (entered.digits.length >= node.maxLengthDigits) return complete(node, entered, turn);
  return stay(entered, node.interDigitTimeoutMs);
}

/** The longest number is complete without the end key, and callers press it all the same. Null where it would be missed or means something. */
function spareEndKey({ endKey, readBack, maxLengthDigits }: DigitsNode, data: Data): Key | null {
  const meansSomething = endKey === readBack?.confirmKey || endKey === readBack?.retryKey;
  return data.digits.length < maxLengthDigits || meansSomething ? null : endKey;
}

function complete(node: DigitsNode, data: Data, turn: Turn): Next<Data> {
  const spare = spareEndKey(node, data);
  if (spare !== null) turn.passOver(spare);
  const text = data.digits.length < node.minLengthDigits ? null : valueOfDigits(data.digits, node.readAs);
  if (text === null) return mistaken(node, data, turn);
  turn.setVariable(node.variable, { text, readAs: node.readAs, ...(node.secret ? { secret: true } : {}) });
  if (node.readBack === null) return { type: 'go', branch: 'next' };
  const confirming: Data = { ...data, stage: 'confirming' };
  const said = !turn.hasTypedKeys() && turn.say([node.readBack.prompt], node);
  return said
    ? { type: 'stay', data: confirming, wait: 'announced' }
    : stay(confirming, node.firstDigitTimeoutMs);
}

function confirmed(node: DigitsNode, data: Data, key: Key, turn: Turn): Next<Data> {
  if (key === node.readBack?.confirmKey) return { type: 'go', branch: 'next' };
  if (key === node.readBack?.retryKey) return ask(node, data, turn, null);
  return mistaken(node, data, turn);
}

function mistaken(node: DigitsNode, data: Data, turn: Turn): Next<Data> {
  turn.dropTypedKeys();
  if (data.wrong >= node.wrong.retries) return leave(node, 'wrong', turn);
  return again(node, { ...data, wrong: data.wrong + 1 }, turn, node.wrong.prompt);
}

function unanswered(node: DigitsNode, data: Data, turn: Turn): Next<Data> {
  turn.dropTypedKeys();
  if (data.none >= node.none.retries) return leave(node, 'none', turn);
  return again(node, { ...data, none: data.none + 1 }, turn, node.none.prompt);
}

/** In the read-back the digits stand and only the question is put again. */
function again(node: DigitsNode, data: Data, turn: Turn, before: DigitsNode['prompt'] | null): Next<Data> {
  if (data.stage === 'entering' || node.readBack === null) return ask(node, data, turn, before);
  const said = turn.say([before, node.readBack.prompt], node);
  return said ? { type: 'stay', data, wait: 'announced' } : stay(data, node.firstDigitTimeoutMs);
}

/** Digits that were not confirmed must not turn up in a later text. */
function leave(node: DigitsNode, branch: string, turn: Turn): Next<Data> {
  turn.clearVariable(node.variable);
  return { type: 'go', branch };
}

function checkKeys(node: DigitsNode): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (code: string, message: string, mend: string): void => {
    findings.push({ severity: 'error', code, message, mend });
  };
  if (node.minLengthDigits > node.maxLengthDigits) {
    add(
      'lengthRange',
      '最小桁数が最大桁数より大きくなっています。',
      '最小桁数を最大桁数以下にしてください。',
    );
  }
  if (node.readBack !== null && node.readBack.confirmKey === node.readBack.retryKey) {
    add(
      'keyCombination',
      '復唱の「確定」と「入力し直し」が同じキーです。',
      '別々のキーを割り当ててください。',
    );
  }
  if (
    node.readBack?.prompt.type === 'text' &&
    !namesInPrompts([node.readBack.prompt]).includes(node.variable)
  ) {
    findings.push({
      severity: 'warning',
      code: 'readBackWithoutValue',
      message: '復唱の案内に、入力された番号が含まれていません。',
      mend: `文章の中に {{${node.variable}}} を入れてください。`,
    });
  }
  const length = node.readAs === 'date' ? 8 : node.readAs === 'time' ? 4 : null;
  if (length !== null && (node.minLengthDigits > length || node.maxLengthDigits < length)) {
    add(
      'lengthRange',
      `この読み方では${length}桁の入力が必要ですが、桁数の範囲に入っていません。`,
      `桁数を${length}桁にするか、読み方を変えてください。`,
    );
  }
  return findings;
}
