import type { Database } from '../../database/index.ts';
import { type DueRecipient, readRecipients } from './due-recipients.ts';

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
