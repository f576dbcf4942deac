import { kindOfNumber } from '@madoguchi/flow';
import { selectSummaries, summaryOf } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { CallBackground } from '../../http/inbox-contract.ts';
import { Refusal } from '../../http/index.ts';
import { complaintOf } from '../citizen/complaints.ts';
import { NUMBER_KINDS } from '../citizen/number-kinds.ts';
import { itemsShown, selectItems } from '../items/item-shown.ts';
import { readNotes } from './read-notes.ts';

const EARLIER_CALLS = 5;
const INBOX_ITEMS = 10;

/** What is known of the caller of one call, for whoever's telephone rings. @param now ms since the epoch. @throws Refusal 404 */
export async function readBackground(db: Database, callId: string, now: number): Promise<CallBackground> {
  const call = await db
    .selectFrom('call_summary')
    .select(['caller_number', 'began_at'])
    .where('call_id', '=', callId)
    .executeTakeFirst();
  if (call === undefined) throw new Refusal(404, 'callNotFound', 'この通話の記録は見つかりません。');
  const number = call.caller_number;
  if (number === null) return { numberKind: null, complaint: null, earlier: [], inboxItems: [] };
  const earlier = await selectSummaries(db)
    .where('s.caller_number', '=', number)
    .where('s.began_at', '<=', call.began_at)
    .where('s.call_id', '<>', callId)
    .orderBy('s.began_at', 'desc')
    .limit(EARLIER_CALLS)
    .execute();
  const notes = await readNotes(
    db,
    earlier.map((row) => row.call_id),
  );
  const items = await selectItems(db)
    .where('i.call_back_number', '=', number)
    .where('i.state', '<>', 'done')
    .orderBy('i.due_at')
    .limit(INBOX_ITEMS)
    .execute();
  return {
    numberKind: NUMBER_KINDS[kindOfNumber(number)],
    complaint: await complaintOf(db, number),
    earlier: earlier.map((row) => ({ call: summaryOf(row), note: notes.get(row.call_id) ?? null })),
    inboxItems: await itemsShown(db, items, now),
  };
}
