import type { HolidaySet } from '@madoguchi/flow';
import { Temporal } from 'temporal-polyfill';
import type { CampaignSettings } from '../settings.ts';

export type MayCall =
  | { readonly allowed: true }
  /** `nextAtMs`: the first moment from now on at which it is allowed (ms since the epoch), null where there is none. */
  | { readonly allowed: false; readonly nextAtMs: number | null };

export type CallingTimes = Pick<CampaignSettings, 'times' | 'firstDay' | 'lastDay'>;

/** No weekday is 祝日 for so long; where none was found by then there is none. */
const SEARCH_DAYS = 400;

/**
 * Whether anybody may be called or written to now: weekdays, hours, 祝日, first and last day, all in Japanese time. Half-open: 9:00:00 is
 * allowed, 20:00:00 not.
 * @param nowMs ms since the epoch
 */
export function mayCallAt(settings: CallingTimes, nowMs: number, holidays: HolidaySet): MayCall {
  const { from, to } = settings.times;
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('Asia/Tokyo');
  const today = now.toPlainDate();
  const time = now.toPlainTime().toString().slice(0, 5);
  if (isCallingDay(settings, today, holidays) && from <= time && time < to) return { allowed: true };
  // hours that begin after their end allow nothing
  if (from >= to) return { allowed: false, nextAtMs: null };
  const tooLateToday = time >= from;
  return { allowed: false, nextAtMs: nextBegin(settings, today, tooLateToday, holidays) };
}

function nextBegin(
  settings: CallingTimes,
  today: Temporal.PlainDate,
  tooLateToday: boolean,
  holidays: HolidaySet,
): number | null {
  const { firstDay, lastDay, times } = settings;
  let day = tooLateToday ? today.add({ days: 1 }) : today;
  if (firstDay !== null && day.toString() < firstDay) day = Temporal.PlainDate.from(firstDay);
  for (let searched = 0; searched < SEARCH_DAYS; searched++, day = day.add({ days: 1 })) {
    if (lastDay !== null && day.toString() > lastDay) return null;
    if (isCallingDay(settings, day, holidays)) {
      return day.toZonedDateTime({ timeZone: 'Asia/Tokyo', plainTime: times.from }).epochMilliseconds;
    }
  }
  return null;
}

function isCallingDay(
  { times, firstDay, lastDay }: CallingTimes,
  day: Temporal.PlainDate,
  holidays: HolidaySet,
): boolean {
  const date = day.toString();
  if (firstDay !== null && date < firstDay) return false;
  if (lastDay !== null && date > lastDay) return false;
  // Temporal counts Sunday as 7, the settings as 0
  return times.weekdays.includes(day.dayOfWeek % 7) && (times.onHolidays || !holidays.has(date));
}
