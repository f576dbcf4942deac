import { Temporal } from 'temporal-polyfill';
import { type Calendar, type Hours, WEEKDAYS, type Weekday } from './calendar.ts';
import { isNamed } from './holiday-names.ts';
import type { HolidaySet } from './holidays.ts';
import { isNth } from './nth-weekday.ts';

/** The hours of one day and what decided them (Japanese). */
export type DayPlan = {
  readonly hours: readonly (Hours & { readonly label: string })[];
  readonly decidedBy: string;
};

export const WEEKDAY_NAMES: Readonly<Record<Weekday, string>> = {
  monday: '月曜日',
  tuesday: '火曜日',
  wednesday: '水曜日',
  thursday: '木曜日',
  friday: '金曜日',
  saturday: '土曜日',
  sunday: '日曜日',
};

/** Hours of a Japanese day ('2026-12-29') by the precedence that calendar.ts states. */
export function planOf(
  calendar: Calendar,
  holidays: HolidaySet,
  japaneseDay: Temporal.PlainDate | string,
): DayPlan {
  const day = Temporal.PlainDate.from(japaneseDay);
  const date = day.toString();
  const single = calendar.days.find((rule) => rule.date === date);
  if (single !== undefined) return decided(single.hours, `特別日「${single.label}」`);

  const range = calendar.dateRanges.find((rule) => rule.from <= date && date <= rule.to);
  if (range !== undefined) return decided(range.hours, `期間「${range.label}」`);

  const monthDay = date.slice(-5);
  const yearly = calendar.yearlyRanges.find(({ from, to }) =>
    from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to,
  );
  if (yearly !== undefined) return decided(yearly.hours, `毎年の期間「${yearly.label}」`);

  const weekday = WEEKDAYS[day.dayOfWeek - 1] ?? 'sunday';
  const nth = calendar.nthWeekdays.find(
    (rule) => rule.weekday === weekday && isNth(day, rule.nth, rule.months),
  );
  if (nth !== undefined) return decided(nth.hours, `「${nth.label}」`);

  return holidayPlan(calendar, holidays.get(date)) ?? weeklyPlan(calendar, day, weekday);
}

function decided(hours: readonly Hours[], decidedBy: string): DayPlan {
  return { hours: hours.map((each) => ({ ...each, label: decidedBy })), decidedBy };
}

function holidayPlan(calendar: Calendar, holiday: string | undefined): DayPlan | null {
  if (holiday === undefined) return null;
  const { rule, named } = calendar.holidays;
  const own = named.find((each) => isNamed(holiday, each.name));
  if (own !== undefined) return decided(own.hours, `祝日の開庁（${holiday}）`);
  if (rule.type === 'asUsual') return null;
  return decided(rule.type === 'hours' ? rule.hours : [], `祝日・休日（${holiday}）`);
}

function weeklyPlan(calendar: Calendar, day: Temporal.PlainDate, weekday: Weekday): DayPlan {
  const usual = decided(calendar.weekly[weekday], `${WEEKDAY_NAMES[weekday]}の開庁時間`);
  const extra = calendar.extended
    .filter((rule) => rule.weekday === weekday && isNth(day, rule.nth, rule.months))
    .flatMap((rule) => decided(rule.hours, `延長窓口「${rule.label}」`).hours);
  return { hours: [...usual.hours, ...extra], decidedBy: usual.decidedBy };
}
