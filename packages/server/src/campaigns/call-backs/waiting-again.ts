import { type RawBuilder, sql } from 'kysely';
import type { RecipientState } from '../tables.ts';

/**
 * The state of whoever waits for another try, in an update of `campaign_recipient` rows that are in progress. While a call-back goes on in which
 * the person may be on the line, its end does it, so that nobody is called who is talking with us.
 */
export const waitingAgain: RawBuilder<RecipientState> = sql`case when exists (
  select from campaign_attempt b where b.is_call_back and b.state = 'talking'
    and (b.recipient_id = campaign_recipient.recipient_id or exists (
      select from campaign_attempt_person p
      where p.attempt_id = b.attempt_id and p.recipient_id = campaign_recipient.recipient_id)))
  then 'inProgress' else 'waiting' end`;

/** When, in such an update: not before this, nor before a call-back has left the person alone. */
export function notBefore(atMs: number): RawBuilder<Date> {
  return sql`greatest(next_at, ${new Date(atMs)})`;
}
