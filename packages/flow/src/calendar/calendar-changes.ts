import { Temporal } from 'temporal-polyfill';
import type { Calendar } from './calendar.ts';
import { type DayPlan, planOf } from './day-plan.ts';
import type { HolidaySet } from './holidays.ts';

export type DayChange = { readonly date: string; readonly before: DayPlan; readonly after: DayPlan };

/** The days from `from` ('2026-12-29') on whose hours are others by the new calendar, soonest first. */
export function calendarChanges(
  before: Calendar,
  after: Calendar,
  holidays: HolidaySet,
  from: string,
  days: number,
): readonly DayChange[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: days }, (_, offset) => {
    const day = first.add({ days: offset });
    return {
      date: day.toString(),
      before: planOf(before, holidays, day),
      after: planOf(after, holidays, day),
    };
  }).filter((change) => hoursShown(change.before.hours) !== hoursShown(change.after.hours));
}

/** '8:45〜17:15', '9:00〜12:00、13:00〜17:00', '閉庁': hours that touch or overlap as one. */
export function hoursShown(hours: readonly { readonly from: string; readonly to: string }[]): string {
  const merged: { from: string; to: string }[] = [];
  for (const { from, to } of hours.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (last === undefined || from > last.to) merged.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  if (merged.length === 0) return '閉庁';
  return merged
    .map(({ from, to }) => (from === '00:00' && to === '24:00' ? '終日' : `${plain(from)}〜${plain(to)}`))
    .join('、');
}

function plain(time: string): string {
  return time.replace(/^0(?=\d)/, '');
}
