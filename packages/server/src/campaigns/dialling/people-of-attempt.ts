import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { type DueRecipient, readRecipients } from './due-recipients.ts';

/**
 * Ids of the recipients for whom an attempt `a` is made. Join from them to `campaign_recipient`: as `recipient_id in` them PostgreSQL reads all
 * recipients there are, for each call.
 */
export const PEOPLE_OF_ATTEMPT: RawBuilder<number> = sql<number>`(
  select a.recipient_id union select p.recipient_id from campaign_attempt_person p where p.attempt_id = a.attempt_id)`;

/** Of the open attempts of a telephone process that are for several: who was taken off meanwhile. */
export async function readGonePeople(
  db: Database,
  callNode: string,
): Promise<readonly { readonly attemptId: string; readonly recipientId: number }[]> {
  const rows = await db
    .selectFrom('campaign_attempt as a')
    .innerJoin('campaign_attempt_person as p', 'p.attempt_id', 'a.attempt_id')
    .innerJoin('campaign_recipient as r', 'r.recipient_id', 'p.recipient_id')
    .select(['p.attempt_id', 'p.recipient_id'])
    .where('a.call_node', '=', callNode)
    .where('a.state', 'in', ['reserved', 'dialling', 'ringing', 'talking'])
    .where('r.state', '=', 'removed')
    .execute();
  return rows.map(({ attempt_id, recipient_id }) => ({ attemptId: attempt_id, recipientId: recipient_id }));
}

/** All who may be on the line of an attempt. @param recipientId of the attempt */
export async function readPeople(
  db: Database,
  attemptId: string,
  recipientId: number,
): Promise<readonly DueRecipient[]> {
  const rows = await db
    .selectFrom('campaign_attempt_person')
    .select('recipient_id')
    .where('attempt_id', '=', attemptId)
    .execute();
  return await readRecipients(db, rows.length === 0 ? [recipientId] : rows.map((row) => row.recipient_id));
}
