import { parseDate } from '@internationalized/date';

/** Japanese days as 'YYYY-MM-DD' and months as 'YYYY-MM', without any zone. Weeks begin on Sunday, as on the walls of city halls. */

export function addDays(date: string, days: number): string {
  return parseDate(date).add({ days }).toString();
}

export function addMonths(month: string, months: number): string {
  return parseDate(`${month}-01`).add({ months }).toString().slice(0, 7);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** The month's weeks of seven places each; null where a place belongs to another month. */
export function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const first = `${month}-01`;
  const { calendar } = parseDate(first);
  const count = calendar.getDaysInMonth(parseDate(first));
  const days = [
    ...Array.from({ length: weekdayOf(first) }, () => null),
    ...Array.from({ length: count }, (_, index) => addDays(first, index)),
  ];
  const weeks = Math.ceil(days.length / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (__, place) => days[week * 7 + place] ?? null),
  );
}

/** The same day of another month, or its last where it has fewer. */
export function moveMonths(date: string, months: number): string {
  return parseDate(date).add({ months }).toString();
}
