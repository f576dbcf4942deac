import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { digitsOf, readCursor, writeCursor } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { InboxCounts } from '../../http/contract.ts';
import type { InboxListQuerySchema, InboxListSchema } from '../../http/inbox-contract.ts';
import { itemsShown, selectItems } from './item-shown.ts';

export const ITEMS_PER_PAGE = 50;

/**
 * One page of the inbox. What is not done comes by its due time, so that the overdue stands on top; what is done, newest first.
 * Pages are cut by that time and the item's id, as in the list of calls.
 * @throws Refusal 400 for a number without digits or a cursor that is not ours.
 */
export async function listItems(
  db: Database,
  query: z.infer<typeof InboxListQuerySchema>,
  { personId, now }: { readonly personId: string; readonly now: number },
): Promise<z.infer<typeof InboxListSchema>> {
  const byDue = query.state !== 'done';
  let select = selectItems(db).where(stateCondition(query.state));
  if (query.phoneNumber) select = select.where('i.phone_number', '=', digitsOf(query.phoneNumber));
  if (query.number) select = select.where('i.call_back_number', 'like', `%${digitsOf(query.number)}%`);
  if (query.mine === true) select = select.where('i.assignee_id', '=', personId);
  if (query.overdue === true) {
    select = select.where('i.state', '<>', 'done').where('i.due_at', '<=', new Date(now));
  }
  if (query.cursor) {
    const [at, id] = readCursor(query.cursor);
    const key = sql`${at}::timestamptz`;
    select = byDue
      ? select.where(sql<boolean>`(i.due_at, i.item_id) > (${key}, ${id}::text)`)
      : select
          .where(sql<boolean>`i.changed_at <= ${key}`)
          .where(sql<boolean>`(i.changed_at < ${key} or i.item_id > ${id}::text)`);
  }
  const rows = await select
    .orderBy(byDue ? 'i.due_at' : 'i.changed_at', byDue ? 'asc' : 'desc')
    .orderBy('i.item_id', 'asc')
    .limit(ITEMS_PER_PAGE + 1)
    .execute();
  const page = rows.slice(0, ITEMS_PER_PAGE);
  const last = page.at(-1);
  return {
    items: await itemsShown(db, page, now),
    nextCursor:
      rows.length > ITEMS_PER_PAGE && last !== undefined
        ? writeCursor(byDue ? last.due_at_exact : last.changed_at_exact, last.item_id)
        : null,
  };
}

/** 'Not done' in the words of the partial index. */
function stateCondition(state: z.infer<typeof InboxListQuerySchema>['state']): RawBuilder<boolean> {
  return state === 'notDone' ? sql`i.state <> 'done'` : sql`i.state = ${state}`;
}

/** How much is to be done. @param now ms since the epoch. */
export async function countItems(db: Database, now: number): Promise<InboxCounts> {
  const { rows } = await sql<InboxCounts>`
    select count(*) filter (where state = 'open') as open,
      count(*) filter (where state = 'inProgress') as "inProgress",
      count(*) filter (where due_at <= ${new Date(now)}) as overdue
    from inbox_item where state <> 'done'`.execute(db);
  return rows[0] ?? { open: 0, inProgress: 0, overdue: 0 };
}
