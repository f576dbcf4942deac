import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/**
 * Attempts of a person in a row, before this one, for which the line was at fault. By its own two indexes, and not by `campaign_contact`: it is
 * asked at the end of each call, and must cost the same whatever is in the tables.
 */
export async function lineFailuresBefore(
  db: Database,
  recipientId: number,
  attemptId: string,
): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    with tried as (
      select outcome, reserved_at from campaign_attempt
      where recipient_id = ${recipientId} and attempt_id <> ${attemptId} and channel = 'call'
      union all
      select outcome, reserved_at from campaign_attempt
      where attempt_id = any(array(select attempt_id from campaign_attempt_person where recipient_id = ${recipientId}))
        and recipient_id <> ${recipientId} and attempt_id <> ${attemptId} and channel = 'call' and identity is distinct from 'matched' and not is_call_back)
    select count(*)::integer as failures from tried
    where outcome in ('noLine', 'trunkRefused') and reserved_at > (
      select coalesce(max(reserved_at), '-infinity') from tried where outcome not in ('noLine', 'trunkRefused'))`.execute(
    db,
  );
  return rows[0]?.failures ?? 0;
}
