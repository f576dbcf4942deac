import type { FlowDraft } from '@madoguchi/flow';
import { z } from 'zod';
import type { PromptValue } from '../../announcements/prompt-field.tsx';
import { VALUES_OF_EVERY_CALL, valueWord } from '../../words/value-words.ts';

const SetsValueSchema = z.looseObject({ variable: z.string().min(1) });
const DEFAULT_VARIABLES: Readonly<Record<string, string>> = {
  askMobileNumber: 'mobileNumber',
  callBackRequest: 'callBackNumber',
};

/** Values of a recipient, values that some node of the flow sets, and those that every call has. */
export function valuesKnownIn(flow: FlowDraft): readonly PromptValue[] {
  const set = Object.values(flow.nodes).flatMap((node) => {
    if (node.kind === 'variableCondition') return [];
    const sets = SetsValueSchema.safeParse(node);
    const name = sets.success ? sets.data.variable : DEFAULT_VARIABLES[node.kind];
    return name === undefined ? [] : [{ name, word: valueWord(name) ?? `${name}（${node.title}）` }];
  });
  const ofRecipient = (flow.recipientValues ?? []).flatMap(({ name, readAs, example }) => {
    if (name === '') return [];
    const value = { name, word: `${name}（配信先の値）` };
    return [example === '' ? value : { ...value, example: { text: example, readAs } }];
  });
  const known = new Map(
    [...ofRecipient, ...VALUES_OF_EVERY_CALL, ...set].map((value): [string, PromptValue] => [
      value.name,
      value,
    ]),
  );
  return [...known.values()];
}
