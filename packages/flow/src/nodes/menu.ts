import { z } from 'zod';
import { checkOptionalPrompt, checkPrompt } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import { type Key, KeySchema } from '../event.ts';
import type { Finding } from '../finding.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';
import { PromptSchema } from '../prompt.ts';
import { understood } from '../spoken-words.ts';

const ChoiceSchema = z.object({
  key: KeySchema,
  /** What the choice means, for screens and statistics ('保険証の再発行'). */
  label: z.string().default(''),
  /** Spoken words that mean the same as the key. */
  words: z.array(z.string()).default([]),
});

/** How often the caller is asked again before the branch is taken, and what is said before the menu is repeated. */
const retrySchema = (usual: number) =>
  z
    .object({
      retries: z.int().min(0).max(9).default(usual),
      prompt: PromptSchema.nullable().default(null),
    })
    .default({ retries: usual, prompt: null });
/** Callers make more than one mistake. Who has pressed nothing twice may have a dial telephone: he will not the third time either. */
const USUAL_RETRIES = { wrongKey: 2, noKey: 1 } as const;
/** Alone in the lowest row and easily felt, while 1 to 9 are counted off for choices; its name, unlike those of * and #, is known to all. */
const USUAL_REPEAT_KEY: Key = '0';

/** メニュー: the caller chooses by a key or, where recognition is at hand, by a word. Branches: `key:1` …, `wrongKey`, `noKey`. */
export const MenuNodeSchema = z
  .object({
    kind: z.literal('menu'),
    ...nodeFields,
    prompt: PromptSchema,
    interruptible: z.boolean().default(true),
    choices: z.array(ChoiceSchema),
    /** Says the menu again; counts as no mistake. Default: 0 where no choice has that key, else none. */
    repeatKey: KeySchema.nullable().optional(),
    /** Says the menu again and more slowly, as all that follows in the call; counts as no mistake. */
    slowerKey: KeySchema.nullable().default(null),
    wrongKey: retrySchema(USUAL_RETRIES.wrongKey),
    noKey: retrySchema(USUAL_RETRIES.noKey),
    /** Silence after the menu that counts as no answer. */
    timeoutMs: z.int().min(1000).max(60_000).default(10_000),
  })
  .transform(({ repeatKey, ...node }) => {
    const isTaken = [...node.choices.map((choice) => choice.key), node.slowerKey].includes(USUAL_REPEAT_KEY);
    return { ...node, repeatKey: repeatKey === undefined ? (isTaken ? null : USUAL_REPEAT_KEY) : repeatKey };
  });
export type MenuNode = z.infer<typeof MenuNodeSchema>;

const DataSchema = z.object({ wrong: z.int(), none: z.int() });
type Data = z.infer<typeof DataSchema>;

const choiceBranch = (key: Key): string => `key:${key}`;

export const menu = defineNodeKind<MenuNode, Data>({
  kind: 'menu',
  label: 'メニュー',
  schema: MenuNodeSchema,
  data: DataSchema,
  waits: true,
  branches: (node) => [
    ...[...new Set(node.choices.map((choice) => choice.key))].map((key) => ({
      name: choiceBranch(key),
      label: node.choices.find((choice) => choice.key === key)?.label || `キー${key}`,
      passive: false,
    })),
    { name: 'wrongKey', label: '押し間違い', passive: false },
    { name: 'noKey', label: '無操作', passive: true },
  ],
  check: (node, surroundings) => [
    ...checkPrompt(node.prompt, 'メニューの案内', surroundings),
    ...checkOptionalPrompt(node.wrongKey.prompt, '押し間違いの案内', surroundings),
    ...checkOptionalPrompt(node.noKey.prompt, '無操作の案内', surroundings),
    ...checkChoices(node),
  ],
  prompts: (node) => [node.prompt, node.wrongKey.prompt, node.noKey.prompt],
  asks: (node) => ({
    prompt: node.prompt,
    reminders: [node.wrongKey.prompt, node.noKey.prompt].filter((prompt) => prompt !== null),
    choices: node.choices.map((choice) => choice.key),
    repeatKey: node.repeatKey,
    slowerKey: node.slowerKey,
    silentBranch: 'noKey',
    silentTries: node.noKey.retries + 1,
  }),
  firstKeyTimeoutMs: (node) => node.timeoutMs,
  enter(node, turn) {
    const data = { wrong: 0, none: 0 };
    if (!node.interruptible) turn.dropTypedKeys();
    let typed = turn.takeTypedKey();
    // Whoever pressed on after one of these does not want to hear the menu; left lying, the keys would choose in a later one.
    while ((typed === node.repeatKey || typed === node.slowerKey) && turn.hasTypedKeys()) {
      if (typed === node.slowerKey) turn.speakSlower();
      typed = turn.takeTypedKey();
    }
    return typed === null ? ask(node, data, turn, null) : pressed(node, data, typed, turn);
  },
  on(node, data, event, turn) {
    if (event.type === 'keyPressed') return pressed(node, data, event.key, turn);
    if (event.type === 'heard') return heard(node, data, event, turn);
    if (event.type === 'announced') return { type: 'stay', data, wait: { forMs: node.timeoutMs } };
    return event.type === 'timePassed' ? unanswered(node, data, turn) : null;
  },
  resume: (node, data, turn) => ask(node, data, turn, null),
});

function pressed(node: MenuNode, data: Data, key: Key, turn: Turn): Next<Data> {
  if (node.choices.some((choice) => choice.key === key)) return { type: 'go', branch: choiceBranch(key) };
  if (key === node.slowerKey) turn.speakSlower();
  if (key === node.repeatKey || key === node.slowerKey) return ask(node, data, turn, null);
  return mistaken(node, data, turn);
}

function heard(
  node: MenuNode,
  data: Data,
  speech: { text: string; confidence: number },
  turn: Turn,
): Next<Data> | null {
  if (node.choices.every((choice) => choice.words.length === 0)) return null;
  const choice = understood(node.choices, speech);
  return choice === null ? mistaken(node, data, turn) : { type: 'go', branch: choiceBranch(choice.key) };
}

function mistaken(node: MenuNode, data: Data, turn: Turn): Next<Data> {
  turn.dropTypedKeys();
  if (data.wrong >= node.wrongKey.retries) return { type: 'go', branch: 'wrongKey' };
  return ask(node, { ...data, wrong: data.wrong + 1 }, turn, node.wrongKey.prompt);
}

function unanswered(node: MenuNode, data: Data, turn: Turn): Next<Data> {
  if (data.none >= node.noKey.retries) return { type: 'go', branch: 'noKey' };
  return ask(node, { ...data, none: data.none + 1 }, turn, node.noKey.prompt);
}

function ask(node: MenuNode, data: Data, turn: Turn, before: MenuNode['prompt'] | null): Next<Data> {
  const words = node.choices.flatMap((choice) => choice.words);
  const said = turn.say([before, node.prompt], node);
  if (words.length > 0) turn.act({ type: 'listenForSpeech', id: turn.seq, words });
  return { type: 'stay', data, wait: said ? 'announced' : { forMs: node.timeoutMs } };
}

function checkChoices(node: MenuNode): readonly Finding[] {
  const findings: Finding[] = [];
  if (node.choices.length === 0) {
    findings.push({
      severity: 'error',
      code: 'noChoice',
      message: 'メニューに選択肢がありません。',
      mend: '選択肢を一つ以上追加してください。',
    });
  }
  const keys = node.choices.map((choice) => choice.key);
  for (const key of new Set(keys.filter((each, index) => keys.indexOf(each) !== index))) {
    findings.push({
      severity: 'error',
      code: 'duplicateKey',
      message: `キー「${key}」が二つ以上の選択肢に使われています。`,
      mend: '選択肢ごとに別のキーを割り当ててください。',
    });
  }
  findings.push(...checkOwnKeys(node, keys));
  const words = node.choices.flatMap((choice) => [...new Set(choice.words.map((word) => word.trim()))]);
  for (const word of new Set(words.filter((each, index) => words.indexOf(each) !== index))) {
    findings.push({
      severity: 'error',
      code: 'duplicateWord',
      message: `言葉「${word}」が二つ以上の選択肢に使われています。`,
      mend: '選択肢ごとに違う言葉を割り当ててください。',
    });
  }
  return findings;
}

/** The keys that choose nothing: each may have one meaning only. */
function checkOwnKeys({ repeatKey, slowerKey }: MenuNode, keys: readonly Key[]): readonly Finding[] {
  const clash = (key: Key | null, one: string, other: string, clashes: boolean): readonly Finding[] =>
    key === null || !clashes
      ? []
      : [
          {
            severity: 'error',
            code: 'keyCombination',
            message: `キー「${key}」が${other}と「${one}」の両方に使われています。`,
            mend: `「${one}」を別のキーにするか、${other}のキーを変えてください。`,
          },
        ];
  const isChoice = (key: Key | null): boolean => key !== null && keys.includes(key);
  return [
    ...clash(repeatKey, 'もう一度聞く', '選択肢', isChoice(repeatKey)),
    ...clash(slowerKey, 'ゆっくり聞く', '選択肢', isChoice(slowerKey)),
    ...clash(slowerKey, 'ゆっくり聞く', '「もう一度聞く」', slowerKey === repeatKey),
  ];
}
