import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { DiallingRules } from './dialling-rules.ts';
import { type DueRecipient, sharesUntilMs } from './due-recipients.ts';
import { PEOPLE_OF_ATTEMPT } from './people-of-attempt.ts';
import type { DialledCampaign } from './running-campaigns.ts';
import { countBegunCall, mayBeginCall } from './shared-pace.ts';

export type Reservation = {
  readonly attemptId: string;
  readonly campaign: DialledCampaign;
  readonly recipient: DueRecipient;
  /** Who may be on the line too. */
  readonly others?: readonly DueRecipient[];
  readonly callNode: string;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

/**
 * Makes an attempt for a recipient and whoever shares his call, committed before anything else is done. Null where there is nothing to reserve any
 * more: somebody else has the person, the campaign does not run, all telephone processes together have begun as many calls as it may, or a
 * rule says not now. The campaign's row is held: its calls are reserved one after the other, and who changes its state waits, so that after a
 * pause nothing is reserved.
 * @returns those for whom the attempt is, the recipient first
 */
export async function reserveAttempt(
  db: Database,
  rules: DiallingRules,
  { attemptId, campaign, recipient, others = [], callNode, nowMs }: Reservation,
): Promise<readonly DueRecipient[] | null> {
  const now = new Date(nowMs);
  const { campaignId, bundleId } = campaign;
  return await db.transaction().execute(async (trx) => {
    const free = await lockWaiting(trx, campaign, [recipient, ...others], nowMs);
    if (!free.has(recipient.recipientId) || !(await mayBeginCall(trx, campaign, nowMs))) return null;
    const sharing = others.filter(({ recipientId }) => free.has(recipientId));
    const said = await rules.mayReserve(trx, campaign, { recipient, others: sharing }, nowMs);
    if (!said.allowed) {
      await waitUntil(trx, recipient.recipientId, said.againAtMs);
      return null;
    }
    for (const [recipientId, againAtMs] of said.without ?? []) await waitUntil(trx, recipientId, againAtMs);
    const people = [recipient, ...sharing.filter(({ recipientId }) => !said.without?.has(recipientId))];
    const ids = people.map(({ recipientId }) => recipientId);
    await trx
      .updateTable('campaign_recipient')
      .set({ state: 'inProgress' })
      .where('recipient_id', 'in', ids)
      .execute();
    await trx
      .insertInto('campaign_attempt')
      .values({
        attempt_id: attemptId,
        campaign_id: campaignId,
        recipient_id: recipient.recipientId,
        channel: 'call',
        call_node: callNode,
        bundle_id: bundleId,
        reserved_at: now,
        reserved_sen: said.reservedSen,
        department: said.department,
      })
      .execute();
    if (people.length > 1) {
      await trx
        .insertInto('campaign_attempt_person')
        .values(ids.map((recipient_id) => ({ attempt_id: attemptId, recipient_id })))
        .execute();
    }
    await countBegunCall(trx, campaign);
    return people;
  });
}

/** Those of them who wait and are nobody else's; the first must be due, who shares his call within the day. */
async function lockWaiting(
  trx: Database,
  { campaignId, bundleId }: DialledCampaign,
  people: readonly [DueRecipient, ...DueRecipient[]],
  nowMs: number,
): Promise<ReadonlySet<number>> {
  const [first] = people;
  const { rows } = await sql<{ recipient_id: number }>`
    select r.recipient_id from campaign c join campaign_recipient r using (campaign_id)
    where c.campaign_id = ${campaignId} and c.state = 'running' and c.bundle_id = ${bundleId}
      and r.state = 'waiting' and r.next_channel = 'call'
      and r.recipient_id = any(${people.map(({ recipientId }) => recipientId)}::bigint[])
      and (r.next_at <= ${new Date(nowMs)}
        or r.recipient_id <> ${first.recipientId} and r.next_at < ${new Date(sharesUntilMs(nowMs))})
    for update of r skip locked for no key update of c`.execute(trx);
  return new Set(rows.map(({ recipient_id }) => recipient_id));
}

async function waitUntil(trx: Database, recipientId: number, againAtMs: number): Promise<void> {
  await trx
    .updateTable('campaign_recipient')
    .set({ next_at: new Date(againAtMs) })
    .where('recipient_id', '=', recipientId)
    .execute();
}

/**
 * Says that the line is touched now, committed before it is. False where the attempt was taken back meanwhile, or nobody
 * of those for whom it is is wanted any more: then it must not be dialled.
 */
export async function markDialled(db: Database, attemptId: string, nowMs: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update campaign_attempt a set state = 'dialling', dialled_at = ${new Date(nowMs)}
    where a.attempt_id = ${attemptId} and a.state = 'reserved' and exists (
      select from ${PEOPLE_OF_ATTEMPT} people join campaign_recipient r using (recipient_id) where r.state = 'inProgress')`.execute(
    db,
  );
  return numAffectedRows === 1n;
}
