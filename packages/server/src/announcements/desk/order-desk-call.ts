import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import {
  type DeskHeard,
  deskCallChannel,
  expireDeskOrders,
  OPEN_DESK_STATES,
} from '../../calls/desk/index.ts';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import { dialable, ownTelephone } from '../../inbox/index.ts';

/**
 * Orders that the clerk's own telephone be rung, and no other. Call it in the transaction that audits it.
 * @param heard what is said; null: the clerk speaks. @param now ms since the epoch.
 * @throws Refusal 400 where a number is missing or may not be dialled; 409 while another such call is not over.
 */
export async function orderDeskCall(
  trx: Database,
  {
    heard,
    personId,
    now,
  }: { readonly heard: DeskHeard | null; readonly personId: string; readonly now: number },
): Promise<string> {
  const staff = await ownTelephone(trx, personId);
  if (staff === null)
    throw new Refusal(400, 'noOwnTelephone', 'はじめに、ご自分の電話番号を登録してください。');
  const shown = await trx
    .selectFrom('phone_number')
    .select('phone_number')
    .where('state', 'in', ['live', 'test'])
    .orderBy('phone_number')
    .executeTakeFirst();
  if (shown === undefined)
    throw new Refusal(400, 'noPublicNumber', '電話機に表示する市の電話番号が、まだ登録されていません。');
  await expireDeskOrders(trx, now);
  const deskCallId = randomUUID();
  const inserted = await trx
    .insertInto('desk_call')
    .values({
      desk_call_id: deskCallId,
      person_id: personId,
      kind: heard === null ? 'record' : 'listen',
      staff_number: dialable(staff),
      presented_number: shown.phone_number,
      heard: heard === null ? null : JSON.stringify(heard),
      created_at: new Date(now),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('desk_call_id')
    .executeTakeFirst();
  if (inserted === undefined) {
    throw new Refusal(
      409,
      'callOpen',
      'あなたの電話機を、いま鳴らしています。その電話が終わってから、もう一度お試しください。',
    );
  }
  await wake(trx);
  return deskCallId;
}

/** Asks for the end of a clerk's own call; one that nobody has claimed yet ends at once. Call it in the transaction that audits it. */
export async function stopDeskCall(
  trx: Database,
  {
    deskCallId,
    personId,
    now,
  }: { readonly deskCallId: string; readonly personId: string; readonly now: number },
): Promise<void> {
  const at = new Date(now);
  await trx
    .updateTable('desk_call')
    .set({
      stop_asked_at: at,
      state: sql`case when state = 'ordered' then 'failed' else state end`,
      reason: sql`case when state = 'ordered' then 'stopped' end`,
      ended_at: sql`case when state = 'ordered' then ${at}::timestamptz end`,
    })
    .where('desk_call_id', '=', deskCallId)
    .where('person_id', '=', personId)
    .where('state', 'in', OPEN_DESK_STATES)
    .execute();
  await wake(trx);
}

async function wake(trx: Database): Promise<void> {
  await sql`select pg_notify(${deskCallChannel}, '')`.execute(trx);
}
