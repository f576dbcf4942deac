import { z } from 'zod';
import type { BundleDraft } from './draft.ts';
import { ReadAsSchema } from './read-as.ts';
import type { Value } from './template.ts';

/** 配信先の値: what a flow may say of the person whom the city calls. It comes from the list of the campaign, with each recipient. */
export const RecipientValueSchema = z.object({
  name: z.string(),
  readAs: ReadAsSchema.default('text'),
  /** Told to the person meant only: after an identity check, and in no text message unless its campaign was allowed to. */
  isPersonal: z.boolean().default(true),
  /** Stands for it where the flow is tried and looked at. Plain, as values are kept ('2026-06-30', '12000'). */
  example: z.string().default(''),
});
export type RecipientValue = z.infer<typeof RecipientValueSchema>;

/** More than these no list has columns for. */
export const MOST_RECIPIENT_VALUES = 40;

/** The values that the flows of a bundle expect, those of the entry first; each name once, personal where any flow says so. */
export function recipientValuesOf(bundle: BundleDraft): readonly RecipientValue[] {
  const flows = Object.values(bundle.flows).toSorted(
    (one, other) => Number(other.id === bundle.entryFlowId) - Number(one.id === bundle.entryFlowId),
  );
  const byName = new Map<string, RecipientValue>();
  for (const value of flows.flatMap((flow) => flow.recipientValues ?? [])) {
    const known = byName.get(value.name) ?? value;
    byName.set(value.name, { ...known, isPersonal: known.isPersonal || value.isPersonal });
  }
  return [...byName.values()];
}

/** Examples as the values of a recipient who does not exist. `given`: texts to be taken in their place, by name. */
export function exampleRecipient(
  values: readonly RecipientValue[],
  given: Readonly<Record<string, string>> = {},
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    values.map(({ name, readAs, example }) => {
      const text = Object.hasOwn(given, name) ? (given[name] ?? example) : example;
      return [name, { text, readAs }];
    }),
  );
}
