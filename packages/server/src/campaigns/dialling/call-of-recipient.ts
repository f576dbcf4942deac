import { type Action, callerKindOf } from '@madoguchi/flow';
import type { CampaignCall, Identified } from '../../calls/index.ts';
import type { DueRecipient } from './due-recipients.ts';
import type { DialledCampaign } from './running-campaigns.ts';

/** How a call to this person goes once it is answered. Where others may be on the line it knows nobody's values until the identity check. */
export function callOfRecipient(
  campaign: DialledCampaign,
  recipient: DueRecipient,
  people: readonly DueRecipient[],
  attemptId: string,
  phoneNumberName: string | undefined,
): CampaignCall {
  const { campaignId, bundle, bundleId, phoneNumber, settings } = campaign;
  const { recipientId, telephone } = recipient;
  const values = people.length > 1 ? {} : recipient.values;
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

type Check = Pick<Extract<Action, { type: 'checkIdentity' }>, 'format' | 'digits'>;

/**
 * Who keyed in this birthday ('0102', or '19500102'). Whoever has none in the list is never taken for the person meant, and a birthday that two
 * have tells neither from the other.
 * @param isKnown whether the call knows of whom it is already, where it can be one person only
 * @param gone recipients who were taken off since: they are told nothing any more
 */
export function whoKeyedIn(
  people: readonly DueRecipient[],
  check: Check,
  {
    isKnown = people.length === 1,
    gone = new Set(),
  }: { readonly isKnown?: boolean; readonly gone?: ReadonlySet<number> } = {},
): Identified {
  const [person, ...others] = people.filter(({ birthDate }) => isBirthday(birthDate, check));
  if (person === undefined || others.length > 0 || gone.has(person.recipientId)) return { matches: false };
  if (isKnown) return { matches: true };
  const { recipientId, values } = person;
  return { matches: true, person: { recipientId, values } };
}

function isBirthday(birthDate: string | null, { format, digits }: Check): boolean {
  if (birthDate === null) return false;
  const whole = birthDate.replaceAll('-', '');
  return digits === (format === 'monthDay' ? whole.slice(4) : whole);
}
