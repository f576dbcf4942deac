import type { HolidaySet } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { type SmsState, SmsStateSchema } from '../../sms/index.ts';
import { notBefore, waitingAgain } from '../call-backs/waiting-again.ts';
import { afterAttempt } from '../pacing/after-attempt.ts';
import { readCampaignSettings } from '../settings.ts';
import type { AttemptOutcome } from '../words.ts';
import type { TextingRules } from './texting-rules.ts';

export type SettlingTexts = {
  readonly db: Database;
  readonly rules: TextingRules;
  readonly holidays: HolidaySet;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

/** A receipt comes within moments where a telephone is switched on. After a day nothing waits for it any more; one that comes later is still told. */
const RECEIPT_WAIT_MS = 24 * 3_600_000;
const LATE_RECEIPTS_MS = 7 * 24 * 3_600_000;
const AT_ONCE = 500;

/** Writes down what came of texts that the gateway or its receipts have spoken of, and what follows for their recipients. */
export async function settleTexts(parts: SettlingTexts): Promise<void> {
  const { db, nowMs } = parts;
  const { rows } = await sql`
    select a.attempt_id as "attemptId", m.state from campaign_attempt a join sms_message m on m.id = a.attempt_id
    where a.channel = 'sms' and a.state in ('reserved', 'sent') and (m.state in ('refused', 'delivered', 'undeliverable')
      or (m.state in ('accepted', 'unknown') and m.settled_at <= ${new Date(nowMs - RECEIPT_WAIT_MS)}))
    limit ${AT_ONCE}`.execute(db);
  const told = z.array(z.object({ attemptId: z.string(), state: SmsStateSchema })).parse(rows);
  for (const { attemptId, state } of told) await settleText(parts, attemptId, outcomeOfText(state));
  await tellLateReceipts(db, nowMs);
}

function outcomeOfText(state: SmsState): AttemptOutcome {
  switch (state) {
    case 'delivered':
      return 'smsDelivered';
    case 'accepted':
      return 'smsAccepted';
    case 'undeliverable':
    case 'refused':
      return 'smsFailed';
    case 'waiting':
    case 'submitting':
    case 'unknown':
      return 'unknown';
  }
}

/** The end of one attempt and what follows, in one transaction, once: an attempt that has its end keeps it. */
export async function settleText(
  { db, rules, holidays, nowMs }: SettlingTexts,
  attemptId: string,
  outcome: AttemptOutcome,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('campaign_attempt as a')
      .innerJoin('campaign_recipient as r', 'r.recipient_id', 'a.recipient_id')
      .innerJoin('campaign as c', 'c.campaign_id', 'a.campaign_id')
      .select(['a.recipient_id', 'c.settings', 'c.state', 'r.tries', 'r.sms_tries', 'r.result'])
      .where('a.attempt_id', '=', attemptId)
      .where('a.state', 'in', ['reserved', 'sent'])
      .forUpdate(['a', 'r'])
      .executeTakeFirst();
    if (row === undefined) return;
    const now = new Date(nowMs);
    const next = afterAttempt({
      settings: readCampaignSettings(row.settings),
      recipient: { channel: 'sms', tries: row.tries, smsTries: row.sms_tries, lineFailures: 0 },
      outcome,
      answeredBy: null,
      // Somebody who called back has said it.
      result: row.result,
      nowMs,
      holidays,
    });
    await trx
      .updateTable('campaign_attempt')
      .set({
        state: outcome === 'unknown' ? 'unknown' : 'ended',
        ended_at: now,
        outcome,
        counts_as_try: next.triesAdded === 1,
      })
      .where('attempt_id', '=', attemptId)
      .execute();
    const recipient = trx.updateTable('campaign_recipient').where('recipient_id', '=', row.recipient_id);
    await recipient.set({ sms_tries: row.sms_tries + next.triesAdded }).execute();
    await recipient
      .set(
        next.state === 'waiting'
          ? { state: waitingAgain, next_channel: next.nextChannel, next_at: notBefore(next.nextAtMs) }
          : { state: 'done', settled_reason: next.reason, settled_at: now },
      )
      // Who was taken off meanwhile stays so.
      .where('state', '=', 'inProgress')
      .execute();
    await rules.ended(trx, attemptId);
  });
}

/** Only told: what followed for the person stays. */
async function tellLateReceipts(db: Database, nowMs: number): Promise<void> {
  await sql`
    update campaign_attempt a set outcome = case m.state when 'delivered' then 'smsDelivered' else 'smsFailed' end
    from sms_message m
    where m.id = a.attempt_id and a.outcome = 'smsAccepted' and m.state in ('delivered', 'undeliverable')
      and a.ended_at > ${new Date(nowMs - LATE_RECEIPTS_MS)}`.execute(db);
}
