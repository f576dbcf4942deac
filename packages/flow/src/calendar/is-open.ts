import { Temporal } from 'temporal-polyfill';
import type { Calendar } from './calendar.ts';
import { planOf } from './day-plan.ts';
import type { HolidaySet } from './holidays.ts';

export type Opening = {
  readonly open: boolean;
  /** What decided, in Japanese, for the call's story: '水曜日の開庁時間', '祝日・休日（海の日）'. */
  readonly reason: string;
};

const MINUTE_MS = 60_000;

/**
 * Whether it is open at an instant (or its ISO 8601 form with offset), by Japanese time whatever the host's zone. Half-open: 08:45:00 is
 * open, 17:15:00 closed.
 */
export function isOpen(calendar: Calendar, holidays: HolidaySet, at: Temporal.Instant | string): Opening {
  const there = inJapan(at);
  const plan = planOf(calendar, holidays, there.toPlainDate());
  const time = there.toPlainTime().toString().slice(0, 5);
  const fitting = plan.hours.find((hours) => hours.from <= time && time < hours.to);
  if (fitting !== undefined) return { open: true, reason: fitting.label };
  return {
    open: false,
    reason: plan.hours.length === 0 ? `${plan.decidedBy}のため閉庁` : `${plan.decidedBy}の時間外`,
  };
}

/**
 * The times it is open, merged where they touch, from an instant to the end of the `days`-th Japanese day (the instant's own is the first).
 */
export function openIntervals(
  calendar: Calendar,
  holidays: HolidaySet,
  from: Temporal.Instant | string,
  days: number,
): readonly { readonly fromEpochMs: number; readonly toEpochMs: number }[] {
  const there = inJapan(from);
  const intervals: { fromEpochMs: number; toEpochMs: number }[] = [];
  for (let index = 0; index < days; index++) {
    const day = there.toPlainDate().add({ days: index });
    const midnightMs = day.toZonedDateTime('Asia/Tokyo').epochMilliseconds;
    const hours = planOf(calendar, holidays, day).hours.toSorted((one, other) =>
      one.from < other.from ? -1 : 1,
    );
    for (const each of hours) {
      const fromEpochMs = Math.max(midnightMs + minutesOf(each.from) * MINUTE_MS, there.epochMilliseconds);
      const toEpochMs = midnightMs + minutesOf(each.to) * MINUTE_MS;
      const last = intervals.at(-1);
      if (toEpochMs <= fromEpochMs) continue;
      if (last !== undefined && fromEpochMs <= last.toEpochMs)
        last.toEpochMs = Math.max(last.toEpochMs, toEpochMs);
      else intervals.push({ fromEpochMs, toEpochMs });
    }
  }
  return intervals;
}

function inJapan(at: Temporal.Instant | string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Tokyo');
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
