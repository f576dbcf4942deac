import {
  BUILTIN_VALUES,
  type BundleDraft,
  namesIn,
  personalWritten,
  recipientValuesOf,
} from '@madoguchi/flow';
import type { CampaignSettings } from '../settings.ts';
import { sendsTexts } from './missing-for.ts';

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
  const sentInCalls = [scenario, callBack].flatMap((bundle) =>
    bundle === null ? [] : personalWritten(bundle),
  );
  return [...new Set([...own, ...sentInCalls])];
}

/** Those of them that concern the person: all that the scenario does not say to be harmless. */
export function personalNamesIn(text: string, bundle: BundleDraft | null): readonly string[] {
  const known = bundle === null ? [] : recipientValuesOf(bundle);
  return recipientNamesIn(text).filter(
    (name) => known.find((value) => value.name === name)?.isPersonal ?? true,
  );
}
