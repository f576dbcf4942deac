import { z } from 'zod';
import { ContactResultSchema } from '../contact-result.ts';
import { nodeFields } from '../draft.ts';
import type { Finding } from '../finding.ts';
import { defineNodeKind, type Turn } from '../node-kind.ts';
import { promisedOn } from '../promised-day.ts';

/** By when a person promises to pay. */
const PromisedDaySchema = z.discriminatedUnion('type', [
  /** Of the call's month. */
  z.object({ type: z.literal('endOfMonth') }),
  z.object({ type: z.literal('withinDays'), days: z.int().min(0).max(366) }),
  /** A value that is a date: the due date, or a day that was keyed in. */
  z.object({ type: z.literal('variable'), name: z.string() }),
]);
export type PromisedDay = z.infer<typeof PromisedDaySchema>;

/** 結果の記録: what came of the talk. A later one in the call takes the place of an earlier one. */
export const RecordResultNodeSchema = z.object({
  kind: z.literal('recordResult'),
  ...nodeFields,
  result: ContactResultSchema,
  /** Of a promise; null: no day was named. */
  promised: PromisedDaySchema.nullable().default(null),
});
export type RecordResultNode = z.infer<typeof RecordResultNodeSchema>;

export const recordResult = defineNodeKind({
  kind: 'recordResult',
  label: '結果の記録',
  schema: RecordResultNodeSchema,
  data: z.null(),
  waits: false,
  branches: () => [{ name: 'next', label: '次へ', passive: true }],
  check,
  prompts: () => [],
  uses: ({ promised }) => (promised?.type === 'variable' ? [promised.name] : []),
  enter(node, turn) {
    turn.act({ type: 'recordResult', id: turn.seq, result: node.result, promisedOn: dayOf(node, turn) });
    return { type: 'go', branch: 'next' };
  },
  on: () => null,
});

function dayOf({ result, promised }: RecordResultNode, turn: Turn): string | null {
  if (result !== 'promised' || promised === null) return null;
  return promisedOn(promised, turn.values);
}

function check({ result, promised }: RecordResultNode): readonly Finding[] {
  if (promised === null || result === 'promised') return [];
  return [
    {
      severity: 'warning',
      code: 'dayWithoutPromise',
      message: '納付する日は、結果が「納付約束」のときだけ記録されます。',
      mend: '結果を「納付約束」にするか、納付する日を「決めない」にしてください。',
    },
  ];
}
