import { sql } from 'kysely';
import { z } from 'zod';
import { takeBackSms } from '../../sms/index.ts';
import { waitingAgain } from '../call-backs/waiting-again.ts';
import { mayCallAt } from '../pacing/may-call-at.ts';
import { readCampaignSettings } from '../settings.ts';
import type { SettlingTexts } from './settle-texts.ts';

const WaitingSchema = z.array(
  z.object({ attemptId: z.string(), recipientId: z.int(), isWanted: z.boolean(), settings: z.unknown() }),
);

/**
 * Takes back what lies in the outbox and no gateway has heard of: of a campaign that does not run any more, of people who were taken off, and
 * outside of its hours, where a gateway was away so long. The person is not the worse for it.
 */
export async function takeBackTexts({ db, rules, holidays, nowMs }: SettlingTexts): Promise<void> {
  const { rows } = await sql`
    select a.attempt_id as "attemptId", a.recipient_id as "recipientId", c.settings,
      c.state = 'running' and r.state = 'inProgress' as "isWanted"
    from sms_message m
    join campaign_attempt a on a.attempt_id = m.id
    join campaign_recipient r using (recipient_id)
    join campaign c on c.campaign_id = a.campaign_id
    where m.state = 'waiting' and m.attempts = 0 and m.origin = 'campaign' and a.state in ('reserved', 'sent')`.execute(
    db,
  );
  const unwanted = WaitingSchema.parse(rows).filter(
    ({ isWanted, settings }) =>
      !isWanted || !mayCallAt(readCampaignSettings(settings), nowMs, holidays).allowed,
  );
  for (const { attemptId, recipientId } of unwanted) {
    await db.transaction().execute(async (trx) => {
      const taken = await takeBackSms(trx, [attemptId]);
      if (taken.length === 0) return;
      await trx
        .updateTable('campaign_attempt')
        .set({ state: 'ended', ended_at: new Date(nowMs), outcome: 'cancelled', counts_as_try: false })
        .where('attempt_id', '=', attemptId)
        .execute();
      await trx
        .updateTable('campaign_recipient')
        .set({ state: waitingAgain })
        .where('recipient_id', '=', recipientId)
        .where('state', '=', 'inProgress')
        .execute();
      await rules.ended(trx, attemptId);
    });
  }
}
