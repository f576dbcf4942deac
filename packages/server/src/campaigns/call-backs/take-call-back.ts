import type { HolidaySet } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReceivedCall } from '../../calls/index.ts';
import type { Database } from '../../database/index.ts';
import { type DueRecipient, readRecipients } from '../dialling/due-recipients.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import { mayCallAt } from '../pacing/may-call-at.ts';
import { isSuppressed } from '../suppression/is-suppressed.ts';
import { type CalledBackCampaign, isInPeriod } from './called-back-campaigns.ts';

export type TakingCallBack = {
  readonly call: ReceivedCall & { readonly telephone: string };
  /** Whose people may call back. */
  readonly campaigns: readonly CalledBackCampaign[];
  readonly holidays: HolidaySet;
  readonly callNode: string;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

/** `people`: all who may be on the line, never none. */
export type TakenCallBack = {
  readonly campaign: CalledBackCampaign;
  readonly people: readonly [DueRecipient, ...DueRecipient[]];
};

const ContactedSchema = z.array(
  z.object({ recipientId: z.coerce.number(), campaignId: z.string(), contactedAt: z.date() }),
);

/**
 * Makes a received call an attempt of the campaign that contacted its telephone last, and holds its people: nobody else calls them meanwhile. All
 * of them may be on the line. Null where it is a call like any other: nobody was contacted by this number, the period is over, who was is not
 * to be called any more, or it is not the campaign's hour.
 */
export async function takeCallBack(
  db: Database,
  { call, campaigns, holidays, callNode, nowMs }: TakingCallBack,
): Promise<TakenCallBack | null> {
  return await db.transaction().execute(async (trx) => {
    const contacted = await heldRecipients(trx, call.phoneNumber, call.telephone);
    const byId = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]));
    const inPeriod = contacted.filter(({ campaignId, contactedAt }) => {
      const campaign = byId.get(campaignId);
      return campaign !== undefined && isInPeriod(campaign.settings, contactedAt.getTime(), nowMs);
    });
    const candidates = await withoutSuppressed(trx, inPeriod, nowMs);
    const [last] = candidates.toSorted((a, b) => b.contactedAt.getTime() - a.contactedAt.getTime());
    const campaign = byId.get(last?.campaignId ?? '');
    if (campaign === undefined) return null;
    // The days of the campaign itself may be over: who was called on the last of them calls back later.
    const times = { times: campaign.settings.times, firstDay: null, lastDay: null };
    if (!mayCallAt(times, nowMs, holidays).allowed) return null;
    const [first, ...others] = candidates
      .filter(({ campaignId }) => campaignId === campaign.campaignId)
      .map(({ person }) => person);
    if (first === undefined) return null;
    const people = [first, ...others] as const;
    await insertAttempt(trx, { call, campaign, people, callNode, at: new Date(nowMs) });
    return { campaign, people };
  });
}

/** Whom this number has called or written to at this telephone, by each person the last time. Nobody else changes them until the end of the transaction. */
async function heldRecipients(trx: Database, phoneNumber: string, telephone: string) {
  const { rows } = await sql`
    select r.recipient_id as "recipientId", r.campaign_id as "campaignId", contacted.at as "contactedAt"
    from campaign_recipient r
    join campaign c using (campaign_id)
    cross join lateral (
      select max(a.reserved_at) as at
      from (
        select attempt_id from campaign_attempt where recipient_id = r.recipient_id
        union select attempt_id from campaign_attempt_person where recipient_id = r.recipient_id) own
      join campaign_attempt a using (attempt_id)
      where not a.is_call_back and a.dialled_at is not null
        and (a.channel = 'call' or a.outcome is distinct from 'cancelled')) contacted
    where r.telephone = ${telephone} and r.state <> 'removed' and r.result is distinct from 'wrongNumber'
      and c.phone_number = ${phoneNumber} and c.state in ('running', 'paused', 'ended')
      and c.ended_because is distinct from 'stopped' and contacted.at is not null
    order by r.recipient_id for update of r`.execute(trx);
  return ContactedSchema.parse(rows);
}

async function withoutSuppressed(
  trx: Database,
  contacted: z.infer<typeof ContactedSchema>,
  nowMs: number,
): Promise<readonly (z.infer<typeof ContactedSchema>[number] & { readonly person: DueRecipient })[]> {
  if (contacted.length === 0) return [];
  const people = await readRecipients(
    trx,
    contacted.map(({ recipientId }) => recipientId),
  );
  const suppressed = await isSuppressed(trx, people, japaneseDayOf(nowMs));
  return contacted.flatMap((each) => {
    const index = people.findIndex(({ recipientId }) => recipientId === each.recipientId);
    const person = people[index];
    return person === undefined || suppressed[index] !== null ? [] : [{ ...each, person }];
  });
}

async function insertAttempt(
  trx: Database,
  {
    call,
    campaign,
    people,
    callNode,
    at,
  }: TakenCallBack & Pick<TakingCallBack, 'call' | 'callNode'> & { readonly at: Date },
): Promise<void> {
  const ids = people.map(({ recipientId }) => recipientId);
  await trx
    .insertInto('campaign_attempt')
    .values({
      attempt_id: call.callId,
      campaign_id: campaign.campaignId,
      recipient_id: people[0].recipientId,
      channel: 'call',
      is_call_back: true,
      state: 'talking',
      call_node: callNode,
      bundle_id: campaign.bundleId,
      sip_call_id: call.sipCallId,
      reserved_at: at,
      answered_at: at,
      // It costs the city nothing and uses up no try.
      counts_as_try: false,
    })
    .execute();
  if (ids.length > 1)
    await trx
      .insertInto('campaign_attempt_person')
      .values(ids.map((recipient_id) => ({ attempt_id: call.callId, recipient_id })))
      .execute();
  await trx
    .updateTable('campaign_recipient')
    .set({ state: 'inProgress' })
    .where('recipient_id', 'in', ids)
    .where('state', '=', 'waiting')
    .execute();
}
