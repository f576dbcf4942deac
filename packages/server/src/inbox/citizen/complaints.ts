import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Complaint } from '../../http/inbox-contract.ts';
import { Refusal } from '../../http/index.ts';
import { namesOf } from '../people.ts';

/** Numbers whose newest row sets the flag. */
export async function flaggedNumbers(db: Database): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select number from (select distinct on (number) number, flagged from complaint_flag order by number, flag_id desc) newest
    where flagged order by number`.execute(db);
  return rows.map(({ number }) => number);
}

/** The flag of one number; null where it was never set or is cleared. */
export async function complaintOf(db: Database, number: string): Promise<Complaint | null> {
  const row = await db
    .selectFrom('complaint_flag')
    .select(['flagged', 'reason', 'person_id', 'at'])
    .where('number', '=', number)
    .orderBy('flag_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || !row.flagged) return null;
  const person = (await namesOf(db, [row.person_id]))(row.person_id);
  return person === null ? null : { reason: row.reason, person, at: row.at.toISOString() };
}

/** Sets or clears the flag of a number. Call it in a transaction. @throws Refusal 409 where it is so already. */
export async function changeComplaint(
  trx: Database,
  {
    number,
    flagged,
    reason,
    personId,
    now,
  }: {
    readonly number: string;
    readonly flagged: boolean;
    readonly reason: string;
    readonly personId: string;
    readonly now: number;
  },
): Promise<void> {
  // Two clerks at once: the second must see what the first wrote.
  await sql`select pg_advisory_xact_lock(hashtext('complaint_flag'), hashtext(${number}))`.execute(trx);
  const isFlagged = (await complaintOf(trx, number)) !== null;
  if (isFlagged === flagged) {
    throw new Refusal(
      409,
      'alreadySo',
      flagged
        ? 'ほかの職員が先に苦情の印を付けました。理由をご確認ください。'
        : 'ほかの職員が先に苦情の印を外しました。',
    );
  }
  await trx
    .insertInto('complaint_flag')
    .values({ number, flagged, reason, person_id: personId, at: new Date(now) })
    .execute();
}
