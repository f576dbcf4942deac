import { z } from 'zod';
import { checkChoiceKeys } from '../check-choice-keys.ts';
import { checkOptionalPrompt, checkPrompt } from '../check-prompt.ts';
import { IdSchema, nodeFields } from '../draft.ts';
import { type Key, KeySchema } from '../event.ts';
import type { Finding } from '../finding.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';
import { type Prompt, PromptSchema } from '../prompt.ts';
import { USUAL_WORDINGS } from '../usual-wordings.ts';

const QuestionSchema = z.object({
  /** Statistics of several versions are joined by it: it stays when the wording changes. */
  id: IdSchema,
  /** Staff's word for it, for screens ('窓口の満足度'). */
  title: z.string().default(''),
  prompt: PromptSchema,
  choices: z.array(z.object({ key: KeySchema, label: z.string().default('') })),
});

/**
 * アンケート: questions that are answered by one key each. A question that is not answered is asked once more, then passed over. Branches: `next`,
 * `none` (nothing was answered at all).
 */
export const QuestionnaireNodeSchema = z.object({
  kind: z.literal('questionnaire'),
  ...nodeFields,
  /** Said before the first question. */
  introduction: PromptSchema.nullable().default(null),
  interruptible: z.boolean().default(true),
  questions: z.array(QuestionSchema),
  /** Says the question again; counts as no mistake. */
  repeatKey: KeySchema.nullable().default('#'),
  wrongKey: PromptSchema.nullable().default(USUAL_WORDINGS.wrongKey),
  noKey: PromptSchema.nullable().default(USUAL_WORDINGS.noKey),
  timeoutMs: z.int().min(1000).max(60_000).default(10_000),
  /** Said at the end to whoever answered at least one. */
  thanks: PromptSchema.nullable().default(USUAL_WORDINGS.thanks),
});
export type QuestionnaireNode = z.infer<typeof QuestionnaireNodeSchema>;
type Question = z.infer<typeof QuestionSchema>;

const DataSchema = z.object({
  /** Of the question that is asked; their number once all were. */
  index: z.int(),
  askedAgain: z.boolean(),
  answered: z.int(),
});
type Data = z.infer<typeof DataSchema>;

export const questionnaire = defineNodeKind<QuestionnaireNode, Data>({
  kind: 'questionnaire',
  label: 'アンケート',
  schema: QuestionnaireNodeSchema,
  data: DataSchema,
  waits: true,
  asksInside: (node) => ({
    questions: node.questions.map(({ prompt, choices }, index) => ({
      what: `質問${index + 1}`,
      prompt,
      choices: choices.map(({ key }) => key),
    })),
    around: [node.introduction, node.wrongKey, node.noKey].filter((prompt) => prompt !== null),
    always: node.repeatKey === null ? [] : [node.repeatKey],
  }),
  firstKeyTimeoutMs: (node) => node.timeoutMs,
  branches: () => [
    { name: 'next', label: '回答あり', passive: false },
    { name: 'none', label: '回答なし', passive: true },
  ],
  check: (node, surroundings) => [
    ...checkOptionalPrompt(node.introduction, 'アンケートの案内', surroundings),
    ...node.questions.flatMap((question, index) => [
      ...checkPrompt(question.prompt, `質問${index + 1}`, surroundings),
      ...checkQuestion(question, `質問${index + 1}`, node.repeatKey),
    ]),
    ...checkOptionalPrompt(node.wrongKey, '押し間違いの案内', surroundings),
    ...checkOptionalPrompt(node.noKey, '無操作の案内', surroundings),
    ...checkOptionalPrompt(node.thanks, 'お礼の案内', surroundings),
    ...checkQuestions(node),
  ],
  prompts: (node) => [
    node.introduction,
    ...node.questions.map((question) => question.prompt),
    node.wrongKey,
    node.noKey,
    node.thanks,
  ],
  enter(node, turn) {
    if (!node.interruptible) turn.dropTypedKeys();
    return ask(node, { index: 0, askedAgain: false, answered: 0 }, node.introduction, turn);
  },
  on(node, data, event, turn) {
    const question = node.questions[data.index];
    if (question === undefined) {
      const isOver = event.type === 'announced' || event.type === 'timePassed';
      return isOver ? { type: 'go', branch: 'next' } : null;
    }
    if (event.type === 'keyPressed') return pressed(node, data, question, event.key, turn);
    if (event.type === 'announced') return { type: 'stay', data, wait: { forMs: node.timeoutMs } };
    return event.type === 'timePassed' ? missed(node, data, question, node.noKey, turn) : null;
  },
  resume(node, data, turn) {
    if (node.questions[data.index] !== undefined) return ask(node, data, null, turn);
    return turn.sayAgain() ? { type: 'stay', data, wait: 'announced' } : null;
  },
  atHangUp: (node, { index }) => (index < node.questions.length ? null : { served: null, branch: 'next' }),
});

/** Asks the question that is due, or ends. Keys already pressed stand in for what would be said. */
function ask(node: QuestionnaireNode, data: Data, before: Prompt | null, turn: Turn): Next<Data> {
  const question = node.questions[data.index];
  if (question === undefined) return finish(node, data, turn);
  const typed = turn.takeTypedKey();
  if (typed !== null) return pressed(node, data, question, typed, turn);
  const isSaid = turn.say([before, question.prompt], node);
  return { type: 'stay', data, wait: isSaid ? 'announced' : { forMs: node.timeoutMs } };
}

function pressed(node: QuestionnaireNode, data: Data, question: Question, key: Key, turn: Turn): Next<Data> {
  const choice = question.choices.find((each) => each.key === key);
  if (choice === undefined) {
    return key === node.repeatKey
      ? ask(node, data, null, turn)
      : missed(node, data, question, node.wrongKey, turn);
  }
  turn.recordAnswer({ questionId: question.id, key, label: choice.label === '' ? null : choice.label });
  return ask(node, { index: data.index + 1, askedAgain: false, answered: data.answered + 1 }, null, turn);
}

/** A wrong key or none. */
function missed(
  node: QuestionnaireNode,
  data: Data,
  question: Question,
  before: Prompt | null,
  turn: Turn,
): Next<Data> {
  turn.dropTypedKeys();
  if (!data.askedAgain) return ask(node, { ...data, askedAgain: true }, before, turn);
  turn.recordAnswer({ questionId: question.id, key: null, label: null });
  return ask(node, { ...data, index: data.index + 1, askedAgain: false }, null, turn);
}

function finish(node: QuestionnaireNode, data: Data, turn: Turn): Next<Data> {
  if (data.answered === 0) return { type: 'go', branch: 'none' };
  const isSkipped = node.interruptible && turn.hasTypedKeys();
  if (isSkipped || !turn.say([node.thanks], node)) return { type: 'go', branch: 'next' };
  return { type: 'stay', data, wait: 'announced' };
}

function checkQuestions({ questions }: QuestionnaireNode): readonly Finding[] {
  if (questions.length === 0) {
    return [
      {
        severity: 'error',
        code: 'noChoice',
        message: 'アンケートに質問がありません。',
        mend: '質問を一つ以上追加してください。',
      },
    ];
  }
  if (new Set(questions.map(({ id }) => id)).size === questions.length) return [];
  return [
    {
      severity: 'error',
      code: 'duplicateCase',
      message: '同じ識別名の質問が二つ以上あります。',
      mend: '質問を一度削除し、追加し直してください。',
    },
  ];
}

function checkQuestion(
  { choices }: Question,
  what: string,
  repeatKey: QuestionnaireNode['repeatKey'],
): readonly Finding[] {
  const findings: Finding[] = [...checkChoiceKeys(choices, what)];
  if (choices.length === 0) {
    findings.push({
      severity: 'error',
      code: 'noChoice',
      message: `${what}に選択肢がありません。`,
      mend: '選択肢を一つ以上追加してください。',
    });
  }
  if (choices.some(({ key }) => key === repeatKey)) {
    findings.push({
      severity: 'error',
      code: 'keyCombination',
      message: `${what}で、キー「${repeatKey}」が選択肢と「もう一度聞く」の両方に使われています。`,
      mend: '「もう一度聞く」を別のキーにするか、選択肢のキーを変えてください。',
    });
  }
  return findings;
}

/** Staff's word for a question of a node as it lies in a bundle, or null where there is none. */
export function questionTitle(node: unknown, questionId: string): string | null {
  const parsed = QuestionnaireNodeSchema.safeParse(node);
  const question = parsed.data?.questions.find((each) => each.id === questionId);
  if (question === undefined) return null;
  const { title, prompt } = question;
  const words = prompt.type === 'text' ? prompt.text : prompt.transcript;
  return title || words || null;
}
