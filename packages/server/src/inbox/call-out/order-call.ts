import { randomUUID } from 'node:crypto';
import { mayDial, nationalDigits } from '@madoguchi/flow';
import { sql } from 'kysely';
import { expireOrders, placedCallChannel } from '../../calls/placed/index.ts';
import type { Database } from '../../database/index.ts';
import type { PlacedCallOrder } from '../../http/inbox-contract.ts';
import { Refusal } from '../../http/index.ts';
import { itemNotFound } from '../items/read-item.ts';
import { ownTelephone } from './read-placed-calls.ts';

/**
 * Orders a call: the clerk's telephone will ring, then the citizen's. Call it in the transaction that audits it.
 * @param now ms since the epoch.
 * @returns the call's id and the citizen's number
 * @throws Refusal 404; 400 where a number is missing or may not be dialled; 409 while another call of the clerk is not over.
 */
export async function orderCall(
  trx: Database,
  {
    order,
    personId,
    now,
  }: { readonly order: PlacedCallOrder; readonly personId: string; readonly now: number },
): Promise<{ readonly placedCallId: string; readonly citizen: string }> {
  const staff = await ownTelephone(trx, personId);
  if (staff === null) {
    throw new Refusal(400, 'noOwnTelephone', 'はじめに、ご自分の電話番号を登録してください。');
  }
  const wanted =
    'itemId' in order ? await numbersOfItem(trx, order.itemId) : await numbersFor(trx, order.number);
  const citizen = dialable(wanted.citizen);
  if (citizen === staff) {
    throw new Refusal(400, 'ownNumber', 'ご自分の電話番号には、おかけになれません。');
  }
  await expireOrders(trx, now);
  const placedCallId = randomUUID();
  const inserted = await trx
    .insertInto('placed_call')
    .values({
      placed_call_id: placedCallId,
      item_id: 'itemId' in order ? order.itemId : null,
      person_id: personId,
      staff_number: dialable(staff),
      citizen_number: citizen,
      presented_number: wanted.presented,
      created_at: new Date(now),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('placed_call_id')
    .executeTakeFirst();
  if (inserted === undefined) {
    throw new Refusal(
      409,
      'callOpen',
      '別の電話をおかけになっています。その電話が終わってから、もう一度お試しください。',
    );
  }
  await sql`select pg_notify(${placedCallChannel}, '')`.execute(trx);
  return { placedCallId, citizen };
}

/** National digits of a number that this system may dial. @throws Refusal 400 */
export function dialable(written: string): string {
  const number = nationalDigits(written);
  if (number === null || !mayDial(number, { tollFree: false }).allowed) {
    throw new Refusal(
      400,
      'notDialable',
      'この番号には、かけられません。固定電話・携帯電話・050の番号を、市外局番から数字で入力してください。',
    );
  }
  return number;
}

/** Shown to the citizen: the number that the citizen called. */
async function numbersOfItem(
  trx: Database,
  itemId: string,
): Promise<{ readonly citizen: string; readonly presented: string }> {
  const item = await trx
    .selectFrom('inbox_item')
    .select(['phone_number', 'call_back_number'])
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  if (item === undefined) throw itemNotFound();
  if (item.call_back_number === null) {
    throw new Refusal(400, 'noNumber', 'この受付には、電話番号が残されていません。');
  }
  return { citizen: item.call_back_number, presented: item.phone_number };
}

/** Shown to the citizen: the number that the citizen called last, otherwise the first that the city answers. */
async function numbersFor(
  trx: Database,
  written: string,
): Promise<{ readonly citizen: string; readonly presented: string }> {
  const citizen = dialable(written);
  const { rows } = await sql<{ phone_number: string }>`
    select p.phone_number from phone_number p
    left join lateral (
      select max(began_at) as at from call_summary s
      where s.caller_number = ${citizen} and s.phone_number = p.phone_number and not s.is_placed) last on true
    where p.state in ('live', 'test')
    order by last.at desc nulls last, p.phone_number limit 1`.execute(trx);
  const [first] = rows;
  if (first === undefined) {
    throw new Refusal(400, 'noPublicNumber', 'お相手に表示する市の電話番号が、まだ登録されていません。');
  }
  return { citizen, presented: first.phone_number };
}
