import { BUILTIN_VALUES, type BundleDraft, namesIn } from '@madoguchi/flow';
import { z } from 'zod';

const ScenarioValuesSchema = z.object({
  recipientValues: z.array(z.object({ name: z.string(), isPersonal: z.boolean().default(true) })).default([]),
});

/** The values that the scenario's flows say they expect of a recipient, by name; personal where one of them says so. */
export function recipientValuesOf(bundle: BundleDraft | null): ReadonlyMap<string, { isPersonal: boolean }> {
  const values = new Map<string, { isPersonal: boolean }>();
  for (const flow of Object.values(bundle?.flows ?? {})) {
    for (const { name, isPersonal } of ScenarioValuesSchema.parse(flow).recipientValues) {
      values.set(name, { isPersonal: isPersonal || (values.get(name)?.isPersonal ?? false) });
    }
  }
  return values;
}

/** Values of the recipient that a text tells. */
export function recipientNamesIn(text: string): readonly string[] {
  return [...new Set(namesIn(text))].filter((name) => !Object.hasOwn(BUILTIN_VALUES, name));
}

/** Those of them that concern the person: all that the scenario does not say to be harmless. */
export function personalNamesIn(text: string, bundle: BundleDraft | null): readonly string[] {
  const known = recipientValuesOf(bundle);
  return recipientNamesIn(text).filter((name) => known.get(name)?.isPersonal ?? true);
}
