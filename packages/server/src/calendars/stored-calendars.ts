import { randomBytes } from 'node:crypto';
import { type Calendar, CalendarSchema } from '@madoguchi/flow';
import type { Database } from '../database/index.ts';

export type StoredCalendar = {
  readonly calendarId: string;
  readonly version: number;
  readonly calendar: Calendar;
  readonly changedAt: Date;
  /** Name of the person; null: as the start laid it. */
  readonly changedBy: string | null;
};

const GONE = '登録のない職員';

/** All calendars by name. `unreadable`: those of a newer version of the product. */
export async function readCalendars(
  db: Database,
): Promise<{ readonly calendars: readonly StoredCalendar[]; readonly unreadable: number }> {
  const rows = await db
    .selectFrom('calendar as c')
    .leftJoin('person as p', 'p.id', 'c.changed_by')
    .select(['c.calendar_id', 'c.version', 'c.calendar', 'c.updated_at', 'c.changed_by', 'p.name as changer'])
    .orderBy('c.name')
    .orderBy('c.calendar_id')
    .execute();
  const calendars = rows.flatMap((row): StoredCalendar[] => {
    const calendar = CalendarSchema.safeParse(row.calendar);
    if (!calendar.success) return [];
    return [
      {
        calendarId: row.calendar_id,
        version: row.version,
        calendar: calendar.data,
        changedAt: row.updated_at,
        changedBy: row.changed_by === null ? null : (row.changer ?? GONE),
      },
    ];
  });
  return { calendars, unreadable: rows.length - calendars.length };
}

type Change = { readonly calendar: Calendar; readonly person: string; readonly at: Date };

/** Adds a calendar under an id of its own. @returns the id */
export async function addCalendar(
  db: Database,
  calendarOf: (calendarId: string) => Calendar,
  by: { readonly person: string; readonly at: Date },
): Promise<string> {
  const calendarId = `calendar-${randomBytes(5).toString('hex')}`;
  const calendar = calendarOf(calendarId);
  await db
    .insertInto('calendar')
    .values({
      calendar_id: calendarId,
      name: calendar.name,
      calendar: JSON.stringify(calendar),
      updated_at: by.at,
      changed_by: by.person,
    })
    .execute();
  return calendarId;
}

/** @returns the new version; null where `version` is not the one that is stored. */
export async function changeCalendar(
  db: Database,
  version: number,
  { calendar, person, at }: Change,
): Promise<number | null> {
  const row = await db
    .updateTable('calendar')
    .set({
      name: calendar.name,
      calendar: JSON.stringify(calendar),
      updated_at: at,
      changed_by: person,
      version: version + 1,
    })
    .where('calendar_id', '=', calendar.id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return row?.version ?? null;
}

/** @returns false where `version` is not the one that is stored. */
export async function removeCalendar(db: Database, calendarId: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('calendar')
    .where('calendar_id', '=', calendarId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
