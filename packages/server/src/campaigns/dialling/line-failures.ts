import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** Attempts of a person in a row, before this one, for which the line was at fault. */
export async function lineFailuresBefore(
  db: Database,
  recipientId: number,
  attemptId: string,
): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    with tried as (
      select a.outcome, a.reserved_at from campaign_contact join campaign_attempt a using (attempt_id)
      where campaign_contact.recipient_id = ${recipientId} and a.attempt_id <> ${attemptId} and a.channel = 'call')
    select count(*)::integer as failures from tried
    where outcome in ('noLine', 'trunkRefused') and reserved_at > (
      select coalesce(max(reserved_at), '-infinity') from tried where outcome not in ('noLine', 'trunkRefused'))`.execute(
    db,
  );
  return rows[0]?.failures ?? 0;
}
