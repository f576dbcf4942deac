import { type Action, callerKindOf } from '@madoguchi/flow';
import type { CampaignCall } from '../../calls/index.ts';
import type { DueRecipient } from './due-recipients.ts';
import type { DialledCampaign } from './running-campaigns.ts';

/** How a call to this person goes once it is answered. */
export function callOfRecipient(
  campaign: DialledCampaign,
  recipient: DueRecipient,
  attemptId: string,
  phoneNumberName: string | undefined,
): CampaignCall {
  const { campaignId, bundle, bundleId, phoneNumber, settings } = campaign;
  const { recipientId, telephone, values } = recipient;
  return {
    bundle,
    context: {
      phoneNumber,
      ...(phoneNumberName === undefined ? {} : { phoneNumberName }),
      callerNumber: telephone,
      callerKind: callerKindOf(telephone, null),
      bundleId,
      placed: {
        campaignId,
        recipientId,
        attemptId,
        ...(settings.smsMayTellPersonal ? { smsMayTellPersonal: true } : {}),
        values,
      },
    },
  };
}

/** Whether the digits are this birthday: '0102', or '19500102'. Whoever has none in the list is never taken for the person meant. */
export function isBirthday(
  birthDate: string | null,
  { format, digits }: Pick<Extract<Action, { type: 'checkIdentity' }>, 'format' | 'digits'>,
): boolean {
  if (birthDate === null) return false;
  const whole = birthDate.replaceAll('-', '');
  return digits === (format === 'monthDay' ? whole.slice(4) : whole);
}
