import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import { hashPin, pinProblem, tidyPin } from './pin.ts';

/** Names the number by which announcements are switched, or none. @throws Refusal 404 unknown, 409 changed meanwhile */
export async function changeTelephone(
  trx: Database,
  { phoneNumber, version }: { readonly phoneNumber: string | null; readonly version: number },
  { person, at }: { readonly person: string; readonly at: Date },
): Promise<void> {
  if (phoneNumber !== null) {
    const known = await trx
      .selectFrom('phone_number')
      .select('phone_number')
      .where('phone_number', '=', phoneNumber)
      .executeTakeFirst();
    if (known === undefined)
      throw new Refusal(404, 'numberGone', 'この電話番号は見つかりません。選び直してください。');
  }
  const changed = await trx
    .updateTable('emergency_telephone')
    .set({ phone_number: phoneNumber, changed_at: at, changed_by: person, version: version + 1 })
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  if (changed === undefined)
    throw new Refusal(
      409,
      'changedMeanwhile',
      'ほかの人が、この間に電話番号を変更しました。いまの設定を表示しましたので、ご確認ください。',
    );
}

/** What is to be stored of a PIN as it was typed. Takes a tenth of a second: outside of any transaction. @throws Refusal 422 */
export async function checkedPin(typed: string): Promise<string> {
  const pin = tidyPin(typed);
  const problem = pinProblem(pin);
  if (problem !== null) throw new Refusal(422, 'pinRefused', problem);
  return await hashPin(pin);
}

/** One that nobody has, at random: it is half of what lets people in. */
const DRAWN = sql<string>`(
    select n::text from generate_series(1000, 9999) as n
    where not exists (select from emergency_pin as taken where taken.staff_number = n::text)
    order by random() limit 1)`;

/** Sets somebody's PIN, which unlocks them. The 担当者番号 is drawn at the first and stays. @returns it */
export async function setPin(
  trx: Database,
  pinHash: string,
  { person, at }: { readonly person: string; readonly at: Date },
): Promise<string> {
  // Two who draw at once must not draw the same.
  await trx.selectFrom('emergency_telephone').select('version').forUpdate().execute();
  const changes = { pin_hash: pinHash, wrong_in_a_row: 0, locked_at: null, set_at: at };
  const { staff_number } = await trx
    .insertInto('emergency_pin')
    .values({ person_id: person, staff_number: DRAWN, ...changes })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(changes))
    .returning('staff_number')
    .executeTakeFirstOrThrow();
  return staff_number;
}

/** Takes somebody's way in by telephone away. */
export async function removePin(trx: Database, person: string): Promise<void> {
  await trx.deleteFrom('emergency_pin').where('person_id', '=', person).execute();
}
