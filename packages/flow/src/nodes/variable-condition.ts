import { z } from 'zod';
import { checkCases } from '../check-cases.ts';
import { IdSchema, nodeFields } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { defineNodeKind } from '../node-kind.ts';

const TestSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('equals'), value: z.string() }),
  z.object({ op: z.literal('in'), values: z.array(z.string()) }),
  z.object({ op: z.literal('startsWith'), value: z.string() }),
  /** Compared as whole numbers; a value that is none fits neither. */
  z.object({ op: z.literal('less'), value: z.string() }),
  z.object({ op: z.literal('greater'), value: z.string() }),
  /** Nothing was set, or nothing is in it. */
  z.object({ op: z.literal('empty') }),
]);
type Test = z.infer<typeof TestSchema>;

/** 値の条件: the first case that fits. Branches: the cases' ids and `else`. */
export const VariableConditionNodeSchema = z.object({
  kind: z.literal('variableCondition'),
  ...nodeFields,
  variable: z.string(),
  cases: z.array(z.object({ id: IdSchema, label: z.string().default(''), test: TestSchema })),
});
export type VariableConditionNode = z.infer<typeof VariableConditionNodeSchema>;

export const variableCondition = defineNodeKind({
  kind: 'variableCondition',
  label: '値の条件',
  schema: VariableConditionNodeSchema,
  data: z.null(),
  waits: false,
  branches: (node) => [
    ...node.cases.map(({ id, label }) => ({ name: id, label: label || id, passive: true })),
    { name: 'else', label: 'その他', passive: true },
  ],
  check: (node) => [
    ...checkCases(node.cases),
    ...node.cases.flatMap(({ label, id, test }) => checkTest(test, label || id)),
  ],
  prompts: () => [],
  uses: (node) => [node.variable],
  maySeeUnset: true,
  comparesOnly: true,
  enter(node, turn) {
    const text = turn.values(node.variable)?.text ?? '';
    const fitting = node.cases.find((each) => fits(text, each.test));
    return { type: 'go', branch: fitting?.id ?? 'else' };
  },
  on: () => null,
});

function fits(text: string, test: Test): boolean {
  if (test.op === 'empty') return text === '';
  if (test.op === 'equals') return text === test.value;
  if (test.op === 'in') return test.values.includes(text);
  if (test.op === 'startsWith') return text !== '' && text.startsWith(test.value);
  const [value, limit] = [wholeNumber(text), wholeNumber(test.value)];
  if (value === null || limit === null) return false;
  return test.op === 'less' ? value < limit : value > limit;
}

/** BigInt, because a 16-digit number of an insured person is beyond exact floating point. */
function wholeNumber(text: string): bigint | null {
  return /^-?\d{1,40}$/.test(text) ? BigInt(text) : null;
}

function checkTest(test: Test, name: string): readonly Finding[] {
  const isBlank =
    (test.op === 'in' && test.values.length === 0) ||
    ((test.op === 'equals' || test.op === 'startsWith') && test.value === '');
  if (isBlank) {
    return [
      {
        severity: 'error',
        code: 'emptyCase',
        message: `条件「${name}」に比べる値がありません。`,
        mend: '比べる値を入力してください。空かどうかを調べるときは「空」を選んでください。',
      },
    ];
  }
  if ((test.op === 'less' || test.op === 'greater') && wholeNumber(test.value) === null) {
    return [
      {
        severity: 'error',
        code: 'notANumber',
        message: `条件「${name}」で比べる値が整数ではありません。`,
        mend: '半角数字で整数を入力してください。',
      },
    ];
  }
  return [];
}
