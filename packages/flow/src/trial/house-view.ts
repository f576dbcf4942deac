import type { Calendar } from '../calendar/calendar.ts';
import type { HolidaySet } from '../calendar/holidays.ts';
import { isOpen, type Opening } from '../calendar/is-open.ts';

/** What a call asks outside its flow, as it stands now. */
export type HouseView = {
  readonly calendars: readonly Calendar[];
  readonly holidays: HolidaySet;
  /** Whether a number stands on a list; null where there is no such list, or nobody here may know. */
  standsOn(listId: string, number: string): boolean | null;
};

/** Whether it is open by a calendar some time into a call; null where there is no such calendar. */
export function openingAt(
  house: HouseView,
  calendarId: string,
  beganAt: string,
  atMs: number,
): Opening | null {
  const calendar = house.calendars.find(({ id }) => id === calendarId);
  if (calendar === undefined) return null;
  return isOpen(calendar, house.holidays, new Date(Date.parse(beganAt) + atMs).toISOString());
}
