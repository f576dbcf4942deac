import { mayDo } from '../../accounts/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { EmergencyTelephone } from '../../http/emergency-contract.ts';

/** How switching by telephone is set up, and who is locked. @param person who asks: nobody else's 担当者番号 is told */
export async function readTelephone(db: Database, person: string, at: Date): Promise<EmergencyTelephone> {
  const house = await db
    .selectFrom('emergency_telephone as t')
    .leftJoin('phone_number as n', 'n.phone_number', 't.phone_number')
    .select(['t.phone_number', 't.closed_until', 't.version', 'n.name'])
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('emergency_pin as e')
    .innerJoin('person as p', 'p.id', 'e.person_id')
    .select(['p.id', 'p.name', 'p.role', 'e.staff_number', 'e.set_at', 'e.locked_at'])
    .where('p.suspended', '=', false)
    .orderBy('p.name')
    .orderBy('p.id')
    .execute();
  const people = rows.filter(({ role }) => mayDo(role, 'switchEmergency'));
  const own = people.find(({ id }) => id === person);
  const { phone_number, name, closed_until, version } = house;
  return {
    number:
      phone_number === null
        ? null
        : { phoneNumber: phone_number, shown: showNumber(phone_number), name: name ?? '' },
    version,
    closedUntil: closed_until === null || closed_until <= at ? null : closed_until.toISOString(),
    own:
      own === undefined
        ? null
        : {
            staffNumber: own.staff_number,
            setAt: own.set_at.toISOString(),
            isLocked: own.locked_at !== null,
          },
    people: people.map((each) => ({
      personId: each.id,
      name: each.name,
      isLocked: each.locked_at !== null,
    })),
  };
}
