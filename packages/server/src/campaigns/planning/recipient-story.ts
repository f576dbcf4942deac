import type { Database } from '../../database/index.ts';
import type { RecipientPreview, RecipientStory } from '../../http/campaign-contract.ts';
import { readSms, splitText } from '../../sms/index.ts';
import { readCampaignSettings } from '../settings.ts';
import { textFor } from '../texting/text-for.ts';
import { GONE } from './deed.ts';
import { campaignGone } from './drafts.ts';
import { sendsTexts } from './missing-for.ts';
import { scenarioOf } from './read-bundle.ts';
import { readRecipient } from './recipients.ts';

/** What was tried with one recipient, and what came of it. @throws Refusal 404 */
export async function readStory(
  db: Database,
  campaignId: string,
  recipientId: number,
): Promise<RecipientStory> {
  const { recipient, values } = await readRecipient(db, campaignId, recipientId);
  const attempts = await db
    .selectFrom('campaign_contact as k')
    .innerJoin('campaign_attempt as a', 'a.attempt_id', 'k.attempt_id')
    .selectAll('a')
    .where('k.recipient_id', '=', recipientId)
    .orderBy('a.reserved_at')
    .execute();
  const texts = await readSms(
    db,
    attempts.filter(({ channel }) => channel === 'sms').map((each) => each.attempt_id),
  );
  const textOf = new Map(texts.map(({ id, text }) => [id, text]));
  const removal = await db
    .selectFrom('campaign_removal as r')
    .leftJoin('person', 'person.id', 'r.removed_by')
    .select(['r.removed_by', 'r.removed_at', 'r.reason', 'person.name'])
    .where('r.recipient_id', '=', recipientId)
    .executeTakeFirst();
  return {
    recipient,
    values,
    attempts: attempts.map((each) => ({
      attemptId: each.attempt_id,
      channel: each.channel,
      isCallBack: each.is_call_back,
      reservedAt: each.reserved_at.toISOString(),
      answeredAt: each.answered_at?.toISOString() ?? null,
      endedAt: each.ended_at?.toISOString() ?? null,
      outcome: each.outcome,
      countsAsTry: each.counts_as_try,
      sipCode: each.sip_code,
      answeredBy: each.answered_by,
      identity: each.identity,
      result: each.result,
      promisedOn: each.promised_on,
      callId: each.channel === 'call' && each.answered_at !== null ? each.attempt_id : null,
      smsText: textOf.get(each.attempt_id) ?? null,
    })),
    removal:
      removal === undefined
        ? null
        : {
            by: { personId: removal.removed_by, name: removal.name ?? GONE },
            at: removal.removed_at.toISOString(),
            reason: removal.reason,
          },
  };
}

/** What one recipient would get: the scenario with the row's values, and the text message as it would be sent. @throws Refusal 404 */
export async function readPreview(
  db: Database,
  campaignId: string,
  recipientId: number,
): Promise<RecipientPreview> {
  const campaign = await db
    .selectFrom('campaign as c')
    .leftJoin('phone_number as n', 'n.phone_number', 'c.phone_number')
    .selectAll('c')
    .select('n.name as number_name')
    .where('c.campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (campaign === undefined) throw campaignGone();
  const { recipient, values } = await readRecipient(db, campaignId, recipientId);
  const settings = readCampaignSettings(campaign.settings);
  const kind = await db
    .selectFrom('campaign_recipient')
    .select('telephone_kind')
    .where('recipient_id', '=', recipientId)
    .executeTakeFirst();
  const writes = sendsTexts(settings) && settings.smsText.trim() !== '' && kind?.telephone_kind === 'mobile';
  const told = textFor(settings.smsText, values, {
    phoneNumber: campaign.phone_number ?? '',
    numberName: campaign.number_name ?? '',
  });
  return {
    recipient,
    values,
    bundle: await scenarioOf(db, campaign),
    sharesCallWith: settings.mergeHouseholds ? await othersAt(db, recipientId) : 0,
    sms: writes
      ? { text: told.text, characters: told.text.length, parts: splitText(told.text).length }
      : null,
    missingValues: writes ? [...told.missing] : [],
  };
}

/** Others of the campaign, as they were not taken off, who have this one's telephone. */
async function othersAt(db: Database, recipientId: number): Promise<number> {
  const { others } = await db
    .selectFrom('campaign_recipient as r')
    .innerJoin('campaign_recipient as o', (join) =>
      join.onRef('o.campaign_id', '=', 'r.campaign_id').onRef('o.telephone', '=', 'r.telephone'),
    )
    .select(({ fn }) => fn.count<number>('o.person_key').distinct().as('others'))
    .where('r.recipient_id', '=', recipientId)
    .where('o.state', '<>', 'removed')
    .whereRef('o.person_key', '<>', 'r.person_key')
    .executeTakeFirstOrThrow();
  return others;
}
