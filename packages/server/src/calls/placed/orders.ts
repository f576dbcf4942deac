import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** NOTIFY of a new order, or of one that is to be stopped. */
export const placedCallChannel = 'placed_call';

/** An order that no telephone process took in this time is dialled no more: the clerk has gone on to something else. */
export const ORDER_LIFETIME_MS = 20_000;

/** Ends orders that came too late. @param now ms since the epoch. */
export async function expireOrders(db: Database, now: number): Promise<void> {
  await db
    .updateTable('placed_call')
    .set({ state: 'failed', reason: 'expired', ended_at: new Date(now) })
    .where('state', '=', 'ordered')
    .where('created_at', '<=', new Date(now - ORDER_LIFETIME_MS))
    .execute();
}

export type ClaimedOrder = {
  readonly id: string;
  readonly staff: string;
  readonly citizen: string;
  readonly calledNumber: string;
};

/** The oldest order that nobody has claimed, now ours alone; null where there is none. It is claimed before anything is dialled. */
export async function claimOrder(
  db: Database,
  { callNode, now }: { readonly callNode: string; readonly now: number },
): Promise<ClaimedOrder | null> {
  const { rows } = await sql<ClaimedOrder>`
    update placed_call set state = 'ringingStaff', call_node = ${callNode}
    where placed_call_id = (
      select placed_call_id from placed_call
      where state = 'ordered' and created_at > ${new Date(now - ORDER_LIFETIME_MS)}
      order by created_at limit 1 for update skip locked)
    returning placed_call_id as id, staff_number as staff, citizen_number as citizen, presented_number as "calledNumber"`.execute(
    db,
  );
  return rows[0] ?? null;
}
