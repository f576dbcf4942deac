import { z } from 'zod';
import { checkCases } from '../check-cases.ts';
import { IdSchema, nodeFields } from '../draft.ts';
import { CallerKindSchema } from '../event.ts';
import type { Finding, NodeSurroundings } from '../finding.ts';
import { defineNodeKind, type Next, type Turn } from '../node-kind.ts';

const WhenSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('kind'), kinds: z.array(CallerKindSchema) }),
  /** The caller's number stands in a list. A withheld number stands in none. */
  z.object({ type: z.literal('list'), listId: z.string() }),
]);

/** 発信者の条件: the first case that fits. Branches: the cases' ids and `else`. */
export const CallerConditionNodeSchema = z.object({
  kind: z.literal('callerCondition'),
  ...nodeFields,
  cases: z.array(z.object({ id: IdSchema, label: z.string().default(''), when: WhenSchema })),
});
export type CallerConditionNode = z.infer<typeof CallerConditionNodeSchema>;

/** The case whose list is being looked up. */
const DataSchema = z.object({ index: z.int(), id: z.int() });
type Data = z.infer<typeof DataSchema>;

/** A list that cannot be read counts as not containing the number. */
const LOOK_LIMIT_MS = 5_000;

export const callerCondition = defineNodeKind<CallerConditionNode, Data>({
  kind: 'callerCondition',
  label: '発信者の条件',
  schema: CallerConditionNodeSchema,
  data: DataSchema,
  waits: false,
  branches: (node) => [
    ...node.cases.map(({ id, label }) => ({ name: id, label: label || id, passive: true })),
    { name: 'else', label: 'その他', passive: true },
  ],
  check: (node, surroundings) => [...checkCases(node.cases), ...checkWhens(node, surroundings)],
  prompts: () => [],
  enter: (node, turn) => from(node, 0, turn),
  on(node, data, event, turn) {
    const when = node.cases[data.index]?.when;
    if (when?.type === 'list' && event.type === 'listSaid' && event.listId === when.listId) {
      const fitting = event.contains ? node.cases[data.index] : undefined;
      return fitting === undefined ? from(node, data.index + 1, turn) : { type: 'go', branch: fitting.id };
    }
    const isFailure = event.type === 'timePassed' || (event.type === 'actionFailed' && event.id === data.id);
    return isFailure ? from(node, data.index + 1, turn) : null;
  },
  resume: (node, data, turn) => from(node, data.index, turn),
});

function from(node: CallerConditionNode, start: number, turn: Turn): Next<Data> {
  const { callerKind, callerNumber } = turn.context;
  for (const [index, each] of node.cases.entries()) {
    if (index < start) continue;
    if (each.when.type === 'kind') {
      if (each.when.kinds.includes(callerKind)) return { type: 'go', branch: each.id };
    } else if (callerNumber !== null) {
      turn.act({ type: 'lookUpList', id: turn.seq, listId: each.when.listId, number: callerNumber });
      return { type: 'stay', data: { index, id: turn.seq }, wait: { forMs: LOOK_LIMIT_MS } };
    }
  }
  return { type: 'go', branch: 'else' };
}

function checkWhens(node: CallerConditionNode, surroundings: NodeSurroundings): readonly Finding[] {
  return node.cases.flatMap(({ label, id, when }): Finding[] => {
    if (when.type === 'list' && !surroundings.listIds.includes(when.listId)) {
      return [
        {
          severity: 'error',
          code: 'unknownList',
          message: `条件「${label || id}」の番号一覧がありません。`,
          mend: '登録済みの番号一覧を選んでください。',
        },
      ];
    }
    if (when.type === 'kind' && when.kinds.length === 0) {
      return [
        {
          severity: 'error',
          code: 'emptyCase',
          message: `条件「${label || id}」に番号の種類が選ばれていません。`,
          mend: '携帯電話・固定電話などの種類を一つ以上選んでください。',
        },
      ];
    }
    return [];
  });
}
