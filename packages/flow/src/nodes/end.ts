import { z } from 'zod';
import { checkOptionalPrompt } from '../check-prompt.ts';
import { nodeFields } from '../draft.ts';
import { defineNodeKind } from '../node-kind.ts';
import { PromptSchema } from '../prompt.ts';

/** 終了: says farewell, if there is one, and hangs up. */
export const EndNodeSchema = z.object({
  kind: z.literal('end'),
  ...nodeFields,
  farewell: PromptSchema.nullable().default(null),
});
export type EndNode = z.infer<typeof EndNodeSchema>;

export const end = defineNodeKind({
  kind: 'end',
  label: '終了',
  schema: EndNodeSchema,
  data: z.object({}),
  waits: false,
  ends: true,
  dropsKeys: true,
  branches: () => [],
  check: (node, surroundings) => checkOptionalPrompt(node.farewell, '終わりの挨拶', surroundings),
  prompts: (node) => [node.farewell],
  enter(node, turn) {
    turn.markEndReached();
    if (turn.say([node.farewell], { interruptible: false }))
      return { type: 'stay', data: {}, wait: 'announced' };
    return { type: 'finish', branch: 'end' };
  },
  on: (_node, _data, event) => (event.type === 'announced' ? { type: 'finish', branch: 'end' } : null),
});
