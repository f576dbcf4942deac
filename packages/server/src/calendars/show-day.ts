import { type Calendar, type HolidaySet, planOf } from '@madoguchi/flow';
import type { Temporal } from 'temporal-polyfill';
import type { CalendarDay } from '../http/calendar-contract.ts';

/** One Japanese day by a calendar, as the month view shows it. */
export function showDay(calendar: Calendar, holidays: HolidaySet, day: Temporal.PlainDate): CalendarDay {
  const { hours, decidedBy } = planOf(calendar, holidays, day);
  return {
    date: day.toString(),
    hours: hours.map((each) => ({ ...each })),
    decidedBy,
    holiday: holidays.get(day.toString()) ?? null,
  };
}
