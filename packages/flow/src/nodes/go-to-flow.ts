import { z } from 'zod';
import { nodeFields } from '../draft.ts';
import { defineNodeKind } from '../node-kind.ts';

/** 別のフローへ: goes on at the start of another flow of the bundle, and does not come back. */
export const GoToFlowNodeSchema = z.object({
  kind: z.literal('goToFlow'),
  ...nodeFields,
  flowId: z.string(),
});
export type GoToFlowNode = z.infer<typeof GoToFlowNodeSchema>;

export const goToFlow = defineNodeKind({
  kind: 'goToFlow',
  label: '別のフローへ',
  schema: GoToFlowNodeSchema,
  data: z.null(),
  waits: false,
  branches: () => [],
  check: (node, surroundings) =>
    surroundings.flowIds.includes(node.flowId)
      ? []
      : [
          {
            severity: 'error',
            code: 'unknownFlow',
            message: '移動先のフローがありません。',
            mend: '移動先のフローを選び直してください。',
          },
        ],
  prompts: () => [],
  targetFlow: (node) => node.flowId,
  enter: (node) => ({ type: 'goToFlow', flowId: node.flowId }),
  on: () => null,
});
