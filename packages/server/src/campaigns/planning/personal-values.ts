import { BUILTIN_VALUES, type BundleDraft, namesIn, SmsNodeSchema } from '@madoguchi/flow';
import type { CampaignSettings } from '../settings.ts';
import { sendsTexts } from './missing-for.ts';

/** The values that the scenario's flows say they expect of a recipient, by name; personal where one of them says so. */
export function recipientValuesOf(bundle: BundleDraft | null): ReadonlyMap<string, { isPersonal: boolean }> {
  const values = new Map<string, { isPersonal: boolean }>();
  for (const flow of Object.values(bundle?.flows ?? {})) {
    for (const { name, isPersonal } of flow.recipientValues ?? []) {
      values.set(name, { isPersonal: isPersonal || (values.get(name)?.isPersonal ?? false) });
    }
  }
  return values;
}

/** Values of the recipient that a text tells. */
export function recipientNamesIn(text: string): readonly string[] {
  return [...new Set(namesIn(text))].filter((name) => !Object.hasOwn(BUILTIN_VALUES, name));
}

/**
 * Values that concern the person in any text message of a campaign: in its own, and in those that flows send during a call. Only who decides may
 * allow them.
 * @param bundles the scenario, and what people hear who call back
 */
export function personalInTexts(
  settings: Pick<CampaignSettings, 'channels' | 'smsText'>,
  [scenario, callBack]: readonly [BundleDraft | null, BundleDraft | null],
): readonly string[] {
  const own = sendsTexts(settings) ? personalNamesIn(settings.smsText, scenario) : [];
  return [...new Set([...own, ...sentInCalls(scenario), ...sentInCalls(callBack)])];
}

function sentInCalls(bundle: BundleDraft | null): readonly string[] {
  const known = recipientValuesOf(bundle);
  return (
    Object.values(bundle?.flows ?? {})
      .flatMap(({ nodes }) => Object.values(nodes))
      .flatMap((node) => SmsNodeSchema.safeParse(node).data?.text ?? [])
      .flatMap(recipientNamesIn)
      // What the scenario itself gave a content is no value of the list.
      .filter((name) => known.get(name)?.isPersonal ?? false)
  );
}

/** Those of them that concern the person: all that the scenario does not say to be harmless. */
export function personalNamesIn(text: string, bundle: BundleDraft | null): readonly string[] {
  const known = recipientValuesOf(bundle);
  return recipientNamesIn(text).filter((name) => known.get(name)?.isPersonal ?? true);
}
