import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** NOTIFY of a new order, or of one that is to be stopped. */
export const deskCallChannel = 'desk_call';

/** An order that no telephone process took in this time is dialled no more: the clerk has gone on to something else. */
const ORDER_LIFETIME_MS = 20_000;

/** Ends orders that came too late. @param now ms since the epoch. */
export async function expireDeskOrders(db: Database, now: number): Promise<void> {
  await db
    .updateTable('desk_call')
    .set({ state: 'failed', reason: 'expired', ended_at: new Date(now) })
    .where('state', '=', 'ordered')
    .where('created_at', '<=', new Date(now - ORDER_LIFETIME_MS))
    .execute();
}

export type ClaimedDeskOrder = {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'listen' | 'record';
  readonly staff: string;
  readonly calledNumber: string;
  readonly heard: unknown;
};

/** The oldest order that nobody has claimed, now ours alone; null where there is none. It is claimed before anything is dialled. */
export async function claimDeskOrder(
  db: Database,
  { callNode, now }: { readonly callNode: string; readonly now: number },
): Promise<ClaimedDeskOrder | null> {
  const { rows } = await sql<ClaimedDeskOrder>`
    update desk_call set state = 'ringing', call_node = ${callNode}
    where desk_call_id = (
      select desk_call_id from desk_call
      where state = 'ordered' and created_at > ${new Date(now - ORDER_LIFETIME_MS)}
      order by created_at limit 1 for update skip locked)
    returning desk_call_id as id, person_id as "personId", kind, staff_number as staff,
      presented_number as "calledNumber", heard`.execute(db);
  return rows[0] ?? null;
}
