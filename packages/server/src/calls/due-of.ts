import { type Calendar, type HolidaySet, openIntervals } from '@madoguchi/flow';
import { Temporal } from 'temporal-polyfill';

/** What comes later before closing is for the next open day. */
const LEAST_TIME_MS = 2 * 3_600_000;
/** Where nothing says when the counter is open. */
const WITHOUT_CALENDAR_MS = 24 * 3_600_000;
/** A calendar that has no open day within this time says nothing. */
const DAYS_LOOKED_AT = 31;

/**
 * By when staff are to deal with what a citizen left: the close of the day on which it came, where that is at least two hours away,
 * otherwise the close of the next open day. Without opening hours 24 hours later.
 * @param atEpochMs wall time at which it came
 * @returns ms since the epoch
 */
export function dueOf(calendar: Calendar | null, holidays: HolidaySet, atEpochMs: number): number {
  if (calendar === null) return atEpochMs + WITHOUT_CALENDAR_MS;
  const came = Temporal.Instant.fromEpochMilliseconds(atEpochMs).toZonedDateTimeISO('Asia/Tokyo');
  for (let day = 0; day < DAYS_LOOKED_AT; day++) {
    // Day by day: hours that reach midnight would else run on into the next day.
    const from = day === 0 ? came : came.startOfDay().add({ days: day });
    const closes = openIntervals(calendar, holidays, from.toInstant(), 1).at(-1)?.toEpochMs;
    if (closes !== undefined && (day > 0 || closes - atEpochMs >= LEAST_TIME_MS)) return closes;
  }
  return atEpochMs + WITHOUT_CALENDAR_MS;
}
