import { recipientValuesOf } from '@madoguchi/flow';
import type { CallBack } from '../../calls/index.ts';
import type { DueRecipient } from '../dialling/due-recipients.ts';
import type { CalledBackCampaign } from './called-back-campaigns.ts';

/**
 * How a call-back goes on. What is personal becomes known to the flow with the identity check alone: who calls is nobody's to say before. What is
 * not, and the same for all who may be on the line, is there from the beginning, as in a call that the city places.
 */
export function callBackOf(
  {
    campaignId,
    bundle,
    bundleId,
    settings,
  }: Pick<CalledBackCampaign, 'campaignId' | 'bundle' | 'bundleId' | 'settings'>,
  people: readonly [DueRecipient, ...DueRecipient[]],
  callId: string,
): CallBack {
  const [{ recipientId, values: own }, ...others] = people;
  const common = recipientValuesOf(bundle.bundle).flatMap(({ name, isPersonal }) => {
    const value = own[name];
    if (isPersonal || value === undefined) return [];
    const isSame = others.every(({ values }) => values[name]?.text === value.text);
    return isSame ? [[name, value] as const] : [];
  });
  const values = Object.fromEntries(common);
  return {
    bundle,
    bundleId,
    placed: {
      campaignId,
      recipientId,
      attemptId: callId,
      isCallBack: true,
      ...(settings.smsMayTellPersonal ? { smsMayTellPersonal: true } : {}),
      values,
    },
  };
}
