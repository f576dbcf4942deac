import { sql } from 'kysely';
import { OPEN_STATES, placedCallChannel } from '../../calls/placed/index.ts';
import type { Database } from '../../database/index.ts';

/**
 * Asks for the end of a clerk's own call; one that nobody has claimed yet ends at once. What is over already stays as it is.
 * Call it in the transaction that audits it.
 */
export async function stopCall(
  trx: Database,
  {
    placedCallId,
    personId,
    now,
  }: { readonly placedCallId: string; readonly personId: string; readonly now: number },
): Promise<void> {
  const at = new Date(now);
  await trx
    .updateTable('placed_call')
    .set({
      stop_asked_at: at,
      state: sql`case when state = 'ordered' then 'failed' else state end`,
      reason: sql`case when state = 'ordered' then 'stopped' end`,
      ended_at: sql`case when state = 'ordered' then ${at}::timestamptz end`,
    })
    .where('placed_call_id', '=', placedCallId)
    .where('person_id', '=', personId)
    .where('state', 'in', OPEN_STATES)
    .execute();
  await sql`select pg_notify(${placedCallChannel}, '')`.execute(trx);
}
