import { z } from 'zod';
import { checkOptionalPrompt, checkPrompt } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import type { Key } from '../event.ts';
import type { Finding } from '../finding.ts';
import { IdentityFormatSchema, identityDigits, longestDigits } from '../identity-digits.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';
import { type Prompt, PromptSchema } from '../prompt.ts';
import { USUAL_WORDINGS } from '../usual-wordings.ts';

/**
 * 本人確認: whoever is on the line keys in his birthday, which is compared outside the flow. What is keyed in becomes no value. Branches:
 * `matched`, `failed` (after the tries), `none` (nobody pressed anything: it may be an answering machine).
 */
export const IdentityCheckNodeSchema = z.object({
  kind: z.literal('identityCheck'),
  ...nodeFields,
  /** `birthDate` takes 和暦 (one key for the era, then two digits each) and western dates. */
  format: IdentityFormatSchema.default('monthDay'),
  /** Also says how to key it in: a caller who presses nothing, or `*`, hears it again. */
  prompt: PromptSchema.default(USUAL_WORDINGS.askMonthDay),
  interruptible: z.boolean().default(true),
  /** Wrong days after which the caller is not asked again. */
  tries: z.int().min(1).max(5).default(3),
  wrong: PromptSchema.nullable().default(USUAL_WORDINGS.notIdentified),
  none: PromptSchema.nullable().default(USUAL_WORDINGS.noNumber),
  /** How often one who presses nothing is asked again. */
  noneRetries: z.int().min(0).max(5).default(1),
  firstDigitTimeoutMs: z.int().min(1000).max(60_000).default(10_000),
  interDigitTimeoutMs: z.int().min(1000).max(30_000).default(5_000),
});
export type IdentityCheckNode = z.infer<typeof IdentityCheckNodeSchema>;

/** `entering` → `checking` (waits for `identitySaid`) → left, or `entering` again. `id`: of the action that is waited for. */
const DataSchema = z.object({
  stage: z.enum(['entering', 'checking']),
  digits: z.string(),
  id: z.int(),
  wrong: z.int(),
  none: z.int(),
});
type Data = z.infer<typeof DataSchema>;

/** Whoever cannot be compared by then is not the person meant. */
const CHECK_LIMIT_MS = 5_000;
const FIRST: Data = { stage: 'entering', digits: '', id: 0, wrong: 0, none: 0 };

export const identityCheck = defineNodeKind<IdentityCheckNode, Data>({
  kind: 'identityCheck',
  label: '本人確認',
  schema: IdentityCheckNodeSchema,
  data: DataSchema,
  waits: true,
  branches: () => [
    { name: 'matched', label: '確認できた', passive: false, identifies: true },
    { name: 'failed', label: '確認できない', passive: false },
    { name: 'none', label: '無操作', passive: true },
  ],
  check: (node, surroundings) => [
    ...checkPrompt(node.prompt, '本人確認の案内', surroundings),
    ...checkOptionalPrompt(node.wrong, '入力誤りの案内', surroundings),
    ...checkOptionalPrompt(node.none, '無操作の案内', surroundings),
    ...checkKeyHelp(node),
  ],
  prompts: (node) => [node.prompt, node.wrong, node.none],
  secret: () => true,
  firstKeyTimeoutMs: (node) => node.firstDigitTimeoutMs,
  enter(node, turn) {
    if (!node.interruptible) turn.dropTypedKeys();
    return ask(node, FIRST, null, turn);
  },
  on(node, data, event, turn) {
    if (data.stage === 'checking') {
      if (event.type === 'timePassed') return { type: 'go', branch: 'failed' };
      if (event.type === 'actionFailed' && event.id === data.id) return { type: 'go', branch: 'failed' };
      if (event.type !== 'identitySaid' || event.id !== data.id) return null;
      return event.matches ? { type: 'go', branch: 'matched' } : mistaken(node, data, turn);
    }
    if (event.type === 'keyPressed') return pressed(node, data, event.key, turn);
    if (event.type === 'announced') return waitForKey(node, data);
    if (event.type !== 'timePassed') return null;
    return data.digits === '' ? unanswered(node, data, turn) : complete(node, data, turn);
  },
  resume: (node, data, turn) =>
    data.stage === 'checking' ? compare(node, data, turn) : ask(node, data, null, turn),
});

function waitForKey(node: IdentityCheckNode, data: Data): Next<Data> {
  const forMs = data.digits === '' ? node.firstDigitTimeoutMs : node.interDigitTimeoutMs;
  return { type: 'stay', data, wait: { forMs } };
}

/** Asks from the first digit on. Keys already pressed stand in for the announcement. */
function ask(node: IdentityCheckNode, counted: Data, before: Prompt | null, turn: Turn): Next<Data> {
  const data: Data = { ...counted, stage: 'entering', digits: '' };
  let next = waitForKey(node, data);
  if (!turn.hasTypedKeys())
    return turn.say([before, node.prompt], node) ? { type: 'stay', data, wait: 'announced' } : next;
  while (next.type === 'stay' && next.data.stage === 'entering') {
    const key = turn.takeTypedKey();
    if (key === null) break;
    next = pressed(node, next.data, key, turn);
  }
  return next;
}

function pressed(node: IdentityCheckNode, data: Data, key: Key, turn: Turn): Next<Data> {
  turn.stopAnnouncing();
  if (key === '*') return ask(node, data, null, turn);
  if (key === '#') return complete(node, data, turn);
  const entered = { ...data, digits: data.digits + key };
  if (entered.digits.length < longestDigits(node.format, entered.digits)) return waitForKey(node, entered);
  // Callers press it after a number that is complete without it.
  turn.passOver('#');
  return complete(node, entered, turn);
}

function complete(node: IdentityCheckNode, data: Data, turn: Turn): Next<Data> {
  return identityDigits(node.format, data.digits) === null
    ? mistaken(node, data, turn)
    : compare(node, data, turn);
}

function compare({ format }: IdentityCheckNode, data: Data, turn: Turn): Next<Data> {
  const digits = identityDigits(format, data.digits) ?? '';
  turn.act({ type: 'checkIdentity', id: turn.seq, format, digits });
  return {
    type: 'stay',
    data: { ...data, stage: 'checking', id: turn.seq },
    wait: { forMs: CHECK_LIMIT_MS },
  };
}

function mistaken(node: IdentityCheckNode, data: Data, turn: Turn): Next<Data> {
  turn.dropTypedKeys();
  const wrong = data.wrong + 1;
  return wrong >= node.tries
    ? { type: 'go', branch: 'failed' }
    : ask(node, { ...data, wrong }, node.wrong, turn);
}

/** Whoever keyed in something before is no machine. */
function unanswered(node: IdentityCheckNode, data: Data, turn: Turn): Next<Data> {
  turn.dropTypedKeys();
  if (data.none >= node.noneRetries) return { type: 'go', branch: data.wrong === 0 ? 'none' : 'failed' };
  return ask(node, { ...data, none: data.none + 1 }, node.none, turn);
}

function checkKeyHelp({ noneRetries }: IdentityCheckNode): readonly Finding[] {
  if (noneRetries > 0) return [];
  return [
    {
      severity: 'warning',
      code: 'keyHelpOnce',
      message: 'キーの押し方を、一度しか伝えません。聞き逃した方は、本人確認ができません。',
      mend: '「入力がないときに聞き直す回数」を、1回以上にしてください。',
    },
  ];
}
