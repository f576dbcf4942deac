import { mayDo, writeAudit } from '../../accounts/index.ts';
import type { Entered, SwitchingCall, TelephoneEntry } from '../../calls/emergency/port.ts';
import type { Database } from '../../database/index.ts';
import { isPin } from './pin.ts';

const WRONG_PINS = 5;
const FAILED_CALLS = 10;
const HOUR_MS = 3_600_000;

/**
 * Looks at what a caller keyed in. One after the other, and what is wrong is counted in the same transaction, so that many guesses at once get no
 * further than many guesses in a row: a person is locked after five wrong PINs, everybody is kept out for an hour after ten failed calls.
 */
export async function enterByTelephone(
  db: Database,
  { callId, callerNumber }: SwitchingCall,
  { staffNumber, pin }: TelephoneEntry,
  at: Date,
): Promise<Entered> {
  return await db.transaction().execute(async (trx): Promise<Entered> => {
    const audit = (
      action: Parameters<typeof writeAudit>[1]['action'],
      subject: string,
      userId: string | null,
    ) =>
      writeAudit(trx, {
        at: at.getTime(),
        userId,
        action,
        subject,
        address: null,
        detail: { channel: 'telephone', callId, callerNumber },
      });
    const house = await trx
      .selectFrom('emergency_telephone')
      .select('closed_until')
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (house.closed_until !== null && house.closed_until > at) {
      await audit('emergencyTelephoneRefused', callId, null);
      return { type: 'closed' };
    }
    const person = await trx
      .selectFrom('emergency_pin as e')
      .innerJoin('person as p', 'p.id', 'e.person_id')
      .select(['p.id', 'p.role', 'p.suspended', 'e.pin_hash', 'e.wrong_in_a_row', 'e.locked_at'])
      .where('e.staff_number', '=', staffNumber)
      .executeTakeFirst();
    const isRight = await isPin(pin, person?.pin_hash ?? null);
    const mayTry = person !== undefined && person.locked_at === null;
    if (mayTry && isRight && !person.suspended && mayDo(person.role, 'switchEmergency')) {
      await audit('emergencyTelephoneEntered', callId, person.id);
      await trx
        .updateTable('emergency_pin')
        .set({ wrong_in_a_row: 0 })
        .where('person_id', '=', person.id)
        .execute();
      await trx.deleteFrom('emergency_failed_call').where('call_id', '=', callId).execute();
      return { type: 'entered', person: person.id };
    }
    if (mayTry && !isRight) {
      const wrong = person.wrong_in_a_row + 1;
      const isLocked = wrong >= WRONG_PINS;
      if (isLocked) await audit('emergencyPinLocked', person.id, null);
      await trx
        .updateTable('emergency_pin')
        .set({ wrong_in_a_row: wrong, locked_at: isLocked ? at : null })
        .where('person_id', '=', person.id)
        .execute();
    }
    const first = await trx
      .insertInto('emergency_failed_call')
      .values({ call_id: callId, failed_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('call_id')
      .executeTakeFirst();
    if (first !== undefined) await audit('emergencyTelephoneRefused', callId, null);
    await trx
      .deleteFrom('emergency_failed_call')
      .where('failed_at', '<=', new Date(at.getTime() - HOUR_MS))
      .execute();
    const { count } = await trx
      .selectFrom('emergency_failed_call')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) >= FAILED_CALLS) {
      const until = new Date(at.getTime() + HOUR_MS);
      await audit('emergencyTelephoneClosed', callId, null);
      await trx.updateTable('emergency_telephone').set({ closed_until: until }).execute();
      await trx.deleteFrom('emergency_failed_call').execute();
    }
    return { type: 'wrong' };
  });
}
