import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { DiallingRules } from './dialling-rules.ts';
import type { DueRecipient } from './due-recipients.ts';
import type { DialledCampaign } from './running-campaigns.ts';
import { countBegunCall, mayBeginCall } from './shared-pace.ts';

export type Reservation = {
  readonly attemptId: string;
  readonly campaign: DialledCampaign;
  readonly recipient: DueRecipient;
  readonly callNode: string;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

/**
 * Makes an attempt for a recipient, committed before anything else is done. False where there is nothing to reserve any more: somebody else has
 * the person, the campaign does not run, all telephone processes together have begun as many calls as it may, or a rule says not now. The
 * campaign's row is held: its calls are reserved one after the other, and who changes its state waits, so that after a pause nothing is reserved.
 */
export async function reserveAttempt(
  db: Database,
  rules: DiallingRules,
  { attemptId, campaign, recipient, callNode, nowMs }: Reservation,
): Promise<boolean> {
  const now = new Date(nowMs);
  const { campaignId, bundleId } = campaign;
  const { recipientId } = recipient;
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      select r.recipient_id from campaign c join campaign_recipient r using (campaign_id)
      where c.campaign_id = ${campaignId} and c.state = 'running' and c.bundle_id = ${bundleId}
        and r.recipient_id = ${recipientId} and r.state = 'waiting' and r.next_channel = 'call' and r.next_at <= ${now}
      for update of r skip locked for no key update of c`.execute(trx);
    if (rows.length === 0 || !(await mayBeginCall(trx, campaign, nowMs))) return false;
    const said = await rules.mayReserve(trx, campaign, recipient, nowMs);
    const mine = trx.updateTable('campaign_recipient').where('recipient_id', '=', recipientId);
    if (!said.allowed) {
      await mine.set({ next_at: new Date(said.againAtMs) }).execute();
      return false;
    }
    await mine.set({ state: 'inProgress' }).execute();
    await trx
      .insertInto('campaign_attempt')
      .values({
        attempt_id: attemptId,
        campaign_id: campaignId,
        recipient_id: recipientId,
        channel: 'call',
        call_node: callNode,
        bundle_id: bundleId,
        reserved_at: now,
        reserved_sen: said.reservedSen,
        department: said.department,
      })
      .execute();
    await countBegunCall(trx, campaign);
    return true;
  });
}

/**
 * Says that the line is touched now, committed before it is. False where the attempt was taken back meanwhile: then it must not be dialled.
 */
export async function markDialled(db: Database, attemptId: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('campaign_attempt as a')
    .from('campaign_recipient as r')
    .whereRef('r.recipient_id', '=', 'a.recipient_id')
    .set({ state: 'dialling', dialled_at: new Date(nowMs) })
    .where('a.attempt_id', '=', attemptId)
    .where('a.state', '=', 'reserved')
    .where('r.state', '=', 'inProgress')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
