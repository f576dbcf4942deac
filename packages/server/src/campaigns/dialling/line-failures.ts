import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** Attempts of a person in a row, before this one, for which the line was at fault. */
export async function lineFailuresBefore(
  db: Database,
  recipientId: number,
  attemptId: string,
): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    select count(*)::integer as failures from campaign_attempt
    where recipient_id = ${recipientId} and attempt_id <> ${attemptId} and channel = 'call' and outcome in ('noLine', 'trunkRefused')
      and reserved_at > (
        select coalesce(max(reserved_at), '-infinity') from campaign_attempt
        where recipient_id = ${recipientId} and attempt_id <> ${attemptId} and channel = 'call'
          and outcome not in ('noLine', 'trunkRefused'))`.execute(db);
  return rows[0]?.failures ?? 0;
}
