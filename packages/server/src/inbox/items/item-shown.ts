import { sql } from 'kysely';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { InboxItem } from '../../http/inbox-contract.ts';
import { namesOf } from '../people.ts';

/** Inbox items with what the screens show beside them; callers add their own conditions. */
export function selectItems(db: Database) {
  return (
    db
      .selectFrom('inbox_item as i')
      .leftJoin('phone_number as p', 'p.phone_number', 'i.phone_number')
      .selectAll('i')
      .select('p.name as phone_number_name')
      // To the microsecond, which a JavaScript date would lose: keys of the next page.
      .select([
        sql<string>`i.due_at::text`.as('due_at_exact'),
        sql<string>`i.changed_at::text`.as('changed_at_exact'),
      ])
  );
}

export type ItemRow = Awaited<ReturnType<ReturnType<typeof selectItems>['execute']>>[number];

/** @param now ms since the epoch: what is due before it and not done is overdue. */
export async function itemsShown(db: Database, rows: readonly ItemRow[], now: number): Promise<InboxItem[]> {
  const personOf = await namesOf(
    db,
    rows.map((row) => row.assignee_id),
  );
  return rows.map((row) => ({
    itemId: row.item_id,
    kind: row.kind,
    callId: row.call_id,
    phoneNumber: row.phone_number,
    phoneNumberShown: showNumber(row.phone_number),
    phoneNumberName: row.phone_number_name,
    callBackNumber: row.call_back_number,
    callBackShown: row.call_back_number === null ? '番号なし' : showNumber(row.call_back_number),
    wishedTime: row.wished_time,
    state: row.state,
    assignee: personOf(row.assignee_id),
    dueAt: row.due_at.toISOString(),
    isOverdue: row.state !== 'done' && row.due_at.getTime() <= now,
    memo: row.memo,
    resultMemo: row.result_memo,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    version: row.version,
  }));
}
