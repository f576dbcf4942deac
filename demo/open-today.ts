import type { Calendar } from '@madoguchi/flow';
import { Temporal } from 'temporal-polyfill';

/** The calendar with today as a special day that is open all day, so that the demonstration reaches staff at any hour. */
export function openToday(calendar: Calendar, nowEpochMs: number): Calendar {
  const today = Temporal.Instant.fromEpochMilliseconds(nowEpochMs)
    .toZonedDateTimeISO('Asia/Tokyo')
    .toPlainDate();
  // The demonstration may cross midnight.
  const days = [today, today.add({ days: 1 })].map((date) => ({
    label: '実演日',
    date: date.toString(),
    hours: [{ from: '00:00', to: '24:00' }],
  }));
  return { ...calendar, days: [...days, ...calendar.days] };
}
