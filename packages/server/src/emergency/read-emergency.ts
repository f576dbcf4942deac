import { showNumber } from '../calls/reading/index.ts';
import type { Database } from '../database/index.ts';
import type { EmergencyList, EmergencyNow, EmergencyPeriod } from '../http/emergency-contract.ts';
import { periodsOn } from './switch-emergency.ts';

const GONE = '削除された利用者';
const HISTORY = 30;

/** All messages, which of them are on, and when they were. */
export async function readEmergency(db: Database, at: Date): Promise<EmergencyList> {
  const messages = await db
    .selectFrom('emergency_message as m')
    .leftJoin('person as p', 'p.id', 'm.changed_by')
    .selectAll('m')
    .select('p.name as changer')
    .where('m.removed_at', 'is', null)
    .orderBy('m.name')
    .orderBy('m.message_id')
    .execute();
  const periods = await db
    .selectFrom('emergency_period as e')
    .leftJoin('person as b', 'b.id', 'e.began_by')
    .leftJoin('person as n', 'n.id', 'e.ended_by')
    .selectAll('e')
    .select(['b.name as beginner', 'n.name as ender'])
    .orderBy('e.period_id', 'desc')
    .limit(HISTORY)
    .execute();
  const isOn = (period: { ended_at: Date | null; ends_at: Date }) =>
    period.ended_at === null && period.ends_at > at;
  const shown = (period: (typeof periods)[number]): EmergencyPeriod => ({
    name: period.name,
    text: period.text,
    began: period.began_at.toISOString(),
    beganBy: period.beginner ?? GONE,
    beganByTelephone: period.began_by_telephone,
    endsAt: period.ends_at.toISOString(),
    ended: isOn(period) ? null : (period.ended_at ?? period.ends_at).toISOString(),
    endedBy: period.ended_by === null ? null : (period.ender ?? GONE),
    endedByTelephone: period.ended_by_telephone,
  });
  const numbers = await db
    .selectFrom('phone_number')
    .select(['phone_number', 'name'])
    .orderBy('phone_number')
    .execute();
  return {
    messages: messages.map((row) => {
      const on = periods.find((period) => period.message_id === row.message_id && isOn(period));
      return {
        messageId: row.message_id,
        draft: {
          name: row.name,
          text: row.text,
          afterwards: row.afterwards,
          phoneNumbers: row.phone_numbers === null ? null : [...row.phone_numbers],
        },
        on: on === undefined ? null : shown(on),
        changedAt: row.changed_at.toISOString(),
        changedBy: row.changer ?? GONE,
        version: row.version,
      };
    }),
    numbers: numbers.map((row) => ({
      phoneNumber: row.phone_number,
      shown: showNumber(row.phone_number),
      name: row.name,
    })),
    history: periods.filter((period) => !isOn(period)).map(shown),
  };
}

/** What callers hear at this moment. */
export async function readEmergencyNow(db: Database, at: Date): Promise<EmergencyNow> {
  const on = await periodsOn(db, at);
  if (on.length === 0) return { on: [] };
  const numbers = await db.selectFrom('phone_number').select(['phone_number', 'name']).execute();
  const names = new Map(numbers.map((row) => [row.phone_number, row.name]));
  return {
    on: on.map((period) => ({
      messageId: period.message_id,
      name: period.name,
      text: period.text,
      afterwards: period.afterwards,
      numberNames: period.phone_numbers?.map((number) => names.get(number) ?? showNumber(number)) ?? null,
      endsAt: period.ends_at.toISOString(),
    })),
  };
}
