import { z } from 'zod';
import { checkTemplate } from '../check-prompt.ts';
import { checkVariableName } from '../check-variable.ts';
import { nodeFields } from '../draft.ts';
import { defineNodeKind } from '../node-kind.ts';
import { ReadAsSchema } from '../read-as.ts';
import { namesIn, plainTextOf } from '../template.ts';

/** 値の設定: gives a value a content, which may be made of other values. An empty content empties it. */
export const SetVariableNodeSchema = z.object({
  kind: z.literal('setVariable'),
  ...nodeFields,
  variable: z.string(),
  value: z.string(),
  readAs: ReadAsSchema.default('text'),
});
export type SetVariableNode = z.infer<typeof SetVariableNodeSchema>;

/** A value that is made longer each time round a loop stops growing here. */
const LONGEST_VALUE_CHARS = 1_000;

export const setVariable = defineNodeKind({
  kind: 'setVariable',
  label: '値の設定',
  schema: SetVariableNodeSchema,
  data: z.null(),
  waits: false,
  branches: (node) => [{ name: 'next', label: '次へ', passive: true, sets: [node.variable] }],
  check: (node) => [...checkVariableName(node.variable), ...checkTemplate(node.value, '値')],
  prompts: () => [],
  valueTexts: (node) => [node.value],
  uses: (node) => namesIn(node.value),
  enter(node, turn) {
    const text = plainTextOf(node.value, turn.values).slice(0, LONGEST_VALUE_CHARS);
    const isSecret = namesIn(node.value).some((name) => turn.values(name)?.secret === true);
    turn.setVariable(node.variable, { text, readAs: node.readAs, ...(isSecret ? { secret: true } : {}) });
    return { type: 'go', branch: 'next' };
  },
  on: () => null,
});
