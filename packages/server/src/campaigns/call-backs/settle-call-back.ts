import type { HolidaySet } from '@madoguchi/flow';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { talkOf } from '../dialling/talk-of.ts';
import { type AfterCallBack, afterCallBack } from '../pacing/after-call-back.ts';
import { readCampaignSettings } from '../settings.ts';
import { ContactResultSchema } from '../words.ts';
import { notBefore } from './waiting-again.ts';

export type SettlingCallBack = {
  readonly db: Database;
  readonly holidays: HolidaySet;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

/**
 * Writes the end of a call-back and what follows for all who may have been on the line, in one transaction, once. Its call must stand in PostgreSQL
 * as far as anybody knows it.
 */
export async function settleCallBack(
  { db, holidays, nowMs }: SettlingCallBack,
  attemptId: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('campaign_attempt as a')
      .innerJoin('campaign as c', 'c.campaign_id', 'a.campaign_id')
      .select(['a.recipient_id', 'a.identity', 'a.result', 'c.settings'])
      .where('a.attempt_id', '=', attemptId)
      .where('a.is_call_back', '=', true)
      .where('a.state', '=', 'talking')
      .forUpdate('a')
      .executeTakeFirst();
    if (row === undefined) return;
    const people = await heldPeople(trx, attemptId, row.recipient_id);
    const talk = await talkOf(trx, attemptId);
    await trx
      .updateTable('campaign_attempt')
      .set({
        state: talk === null ? 'unknown' : 'ended',
        outcome: talk === null ? 'unknown' : 'answered',
        ended_at: talk?.endedAt ?? new Date(nowMs),
        used_sen: 0,
      })
      .where('attempt_id', '=', attemptId)
      .execute();
    const isTold = row.identity === 'matched' || (people.length === 1 && row.result !== null);
    const settings = readCampaignSettings(row.settings);
    for (const { recipient_id: recipientId, result } of people) {
      const next = afterCallBack({
        settings,
        isMet: isTold && recipientId === row.recipient_id,
        result: ContactResultSchema.nullable().parse(result),
        nowMs,
        holidays,
      });
      await follow(trx, recipientId, next, new Date(nowMs));
    }
  });
}

async function heldPeople(trx: Database, attemptId: string, recipientId: number) {
  const { rows } = await sql<{ readonly recipient_id: number }>`
    select recipient_id from campaign_attempt_person where attempt_id = ${attemptId}`.execute(trx);
  const ids = rows.length === 0 ? [recipientId] : rows.map((row) => Number(row.recipient_id));
  return await trx
    .selectFrom('campaign_recipient')
    .select(['recipient_id', 'result'])
    .where('recipient_id', 'in', ids)
    .orderBy('recipient_id')
    .forUpdate()
    .execute();
}

/** Who was taken off meanwhile stays so; whom an attempt of ours still has is put back to wait by the end of that. */
async function follow(trx: Database, recipientId: number, next: AfterCallBack, now: Date): Promise<void> {
  const recipient = trx.updateTable('campaign_recipient').where('recipient_id', '=', recipientId);
  if (next.state === 'done') {
    const isReached = next.reason === 'reached';
    await recipient
      .set({ state: 'done', settled_reason: next.reason, settled_at: now })
      .where((where) =>
        where.or([
          where('state', 'in', ['waiting', 'inProgress']),
          // Whoever was given up has been reached after all.
          where.and([
            where.lit(isReached),
            where('state', '=', 'done'),
            where('settled_reason', 'in', ['triesUsed', 'outcome', 'campaignEnded']),
          ]),
        ]),
      )
      .execute();
    return;
  }
  await recipient
    .set({ next_at: notBefore(next.notBeforeMs) })
    .where('state', 'in', ['waiting', 'inProgress'])
    .execute();
  await recipient
    .set({ state: 'waiting' })
    .where('state', '=', 'inProgress')
    .where(
      sql<boolean>`not exists (select from campaign_attempt a
        left join campaign_attempt_person p on p.attempt_id = a.attempt_id and p.recipient_id = ${recipientId}
        where a.state in ('reserved', 'dialling', 'ringing', 'talking', 'sent')
          and (a.recipient_id = ${recipientId} or p.recipient_id = ${recipientId}))`,
    )
    .execute();
}
