import { type Preparable, preparablePartsOf, type RunnableFlow } from '@madoguchi/flow';
import type { PromptsFor } from '../../calls/index.ts';
import { personalPartsOf } from '../personal-parts.ts';
import type { DueRecipient } from './due-recipients.ts';
import type { DialledCampaign } from './running-campaigns.ts';

/**
 * Makes what a person will hear, by the store that will speak: what lies there costs a look at the disk. Announcements without a value of the
 * list are the same for everybody and are looked at once for a version. Throws SpeechError.
 */
export function createSoundsReady(
  promptsFor: PromptsFor,
): (campaign: DialledCampaign, recipient: DueRecipient) => Promise<void> {
  const forAll = new WeakMap<RunnableFlow, Promise<void>>();

  async function make({ bundle }: DialledCampaign, parts: readonly Preparable[]): Promise<void> {
    const prompts = promptsFor(bundle);
    for (const each of parts) await prompts.soundsFor(each.parts, each.speed);
  }

  return async (campaign, { values }) => {
    let common = forAll.get(campaign.bundle);
    if (common === undefined) {
      // In these a value of the list stands for all: it is made of each person below.
      const names = new Set(Object.keys(values));
      common = make(
        campaign,
        preparablePartsOf(campaign.bundle).filter(
          ({ parts }) => !parts.some((part) => part.type === 'value' && names.has(part.name)),
        ),
      );
      forAll.set(campaign.bundle, common);
      common.catch(() => forAll.delete(campaign.bundle));
    }
    await common;
    await make(campaign, personalPartsOf(campaign.bundle, values));
  };
}
