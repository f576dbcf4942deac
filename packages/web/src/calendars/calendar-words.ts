import { type Calendar, type Hours, hoursShown, type Nth, WEEKDAY_NAMES, WEEKDAYS } from '@madoguchi/flow';
import { weekdayOf } from './days.ts';

export const WEEKDAY_SIGNS = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** '12月29日（火）' */
export function dayInWords(date: string): string {
  const [, month, day] = date.split('-').map(Number);
  return `${month}月${day}日（${WEEKDAY_SIGNS[weekdayOf(date)]}）`;
}

/** '2026年12月' */
export function monthInWords(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return `${year}年${number}月`;
}

/** '12月29日' of '12-29'. */
export function monthDayInWords(monthDay: string): string {
  const [month, day] = monthDay.split('-').map(Number);
  return `${month}月${day}日`;
}

export function nthInWords(nth: Nth | null): string {
  if (nth === null) return '毎週';
  return nth === 'last' ? '最終' : `第${nth}`;
}

/** A time as people type it ('8:45', '８時４５分', '845') as '08:45'; what is no time stays as it is. */
export function timeTyped(text: string): string {
  const plain = text.normalize('NFKC').trim();
  const found =
    /^(\d{1,2})[:時](\d{1,2})?分?$/.exec(plain) ??
    /^(\d{1,2})(\d{2})$/.exec(plain) ??
    /^(\d{1,2})$/.exec(plain);
  if (found === null) return plain;
  return `${(found[1] ?? '').padStart(2, '0')}:${(found[2] ?? '0').padStart(2, '0')}`;
}

/** Every rule of a calendar as one sentence, for who may only look, and for paper. */
export function rulesInWords(calendar: Calendar): readonly string[] {
  const { rule, named } = calendar.holidays;
  return [
    ...WEEKDAYS.map((day) => `${WEEKDAY_NAMES[day]}：${hoursShown(calendar.weekly[day])}`),
    ...calendar.extended.map(
      ({ label, nth, weekday, months, hours }) =>
        `延長窓口「${label}」：${monthsInWords(months)}${nthInWords(nth)}${WEEKDAY_NAMES[weekday]} ${hoursShown(hours)}`,
    ),
    `祝日・休日：${rule.type === 'asUsual' ? 'ふだんと同じ' : hoursShown(hoursOf(rule))}`,
    ...named.map(({ name, hours }) => `${name}：${hoursShown(hours)}`),
    ...calendar.nthWeekdays.map(
      ({ label, nth, weekday, months, hours }) =>
        `「${label}」：${monthsInWords(months)}${nthInWords(nth)}${WEEKDAY_NAMES[weekday]} ${hoursShown(hours)}`,
    ),
    ...calendar.yearlyRanges.map(
      ({ label, from, to, hours }) =>
        `「${label}」：毎年${monthDayInWords(from)}〜${monthDayInWords(to)} ${hoursShown(hours)}`,
    ),
    ...calendar.dateRanges.map(
      ({ label, from, to, hours }) =>
        `「${label}」：${yearAndDay(from)}〜${yearAndDay(to)} ${hoursShown(hours)}`,
    ),
    ...calendar.days.map(
      ({ label, date, hours }) => `特別日「${label}」：${yearAndDay(date)} ${hoursShown(hours)}`,
    ),
  ];
}

/** '2026年12月29日（火）' */
export function yearAndDay(date: string): string {
  return `${date.slice(0, 4)}年${dayInWords(date)}`;
}

function hoursOf(rule: Calendar['holidays']['rule']): readonly Hours[] {
  return rule.type === 'hours' ? rule.hours : [];
}

function monthsInWords(months: readonly number[]): string {
  return months.length === 0 ? '' : `${months.join('・')}月の`;
}
