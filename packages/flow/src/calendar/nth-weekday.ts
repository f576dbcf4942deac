import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** Which of the weekdays of one name in a month: the second, the last. */
export const NthSchema = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal('last'),
]);
export type Nth = z.infer<typeof NthSchema>;

/** Months (1–12) to which a rule is limited; none: all. */
export const MonthsSchema = z.array(z.int().min(1).max(12)).default([]);

/** Whether a day is the nth of its weekday in one of the months. @param nth null: every one. */
export function isNth(day: Temporal.PlainDate, nth: Nth | null, months: readonly number[]): boolean {
  if (months.length > 0 && !months.includes(day.month)) return false;
  if (nth === null) return true;
  return nth === 'last' ? day.day + 7 > day.daysInMonth : Math.ceil(day.day / 7) === nth;
}
