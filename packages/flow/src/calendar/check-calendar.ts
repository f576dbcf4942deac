import { Temporal } from 'temporal-polyfill';
import { type Calendar, CalendarSchema, type Hours, WEEKDAYS } from './calendar.ts';

/** What is wrong with a calendar as it was typed. `path` as in zod's issues, joined by '.': 'weekly.monday.0.from'. */
export type CalendarProblem = { readonly path: string; readonly message: string };

export type CheckedCalendar =
  | { readonly ok: true; readonly calendar: Calendar }
  | { readonly ok: false; readonly problems: readonly CalendarProblem[] };

/** Looks at what staff typed: its shape, and what no shape says (names, days that do not exist, hours that overlap). */
export function checkCalendar(typed: unknown): CheckedCalendar {
  const shape = CalendarSchema.safeParse(typed);
  if (!shape.success) {
    return { ok: false, problems: shapeProblems(shape.error.issues) };
  }
  const calendar = shape.data;
  const problems = [
    ...(calendar.name.trim() === ''
      ? [{ path: 'name', message: 'カレンダーの名前を入力してください。' }]
      : []),
    ...WEEKDAYS.flatMap((day) => overlaps(`weekly.${day}`, calendar.weekly[day])),
    ...ruleProblems(calendar),
    ...calendar.yearlyRanges.flatMap(({ from, to }, at) => [
      ...noSuchDay(`yearlyRanges.${at}.from`, from),
      ...noSuchDay(`yearlyRanges.${at}.to`, to),
    ]),
    ...twice(calendar.days.map(({ date }) => date)).map((at) => ({
      path: `days.${at}.date`,
      message: '同じ日の特別日が、ほかにもあります。',
    })),
    ...calendar.holidays.named.flatMap(({ name, hours }, at) => [
      ...(name.trim() === ''
        ? [{ path: `holidays.named.${at}.name`, message: '祝日を選んでください。' }]
        : []),
      ...overlaps(`holidays.named.${at}.hours`, hours),
    ]),
    ...(calendar.holidays.rule.type === 'hours'
      ? overlaps('holidays.rule.hours', calendar.holidays.rule.hours)
      : []),
  ];
  return problems.length === 0 ? { ok: true, calendar } : { ok: false, problems };
}

/** Where a time cannot be read it means nothing that the pair of times is wrong too: only the innermost place is named. */
function shapeProblems(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): readonly CalendarProblem[] {
  const problems = issues.map(({ path, message }) => ({
    path: path.join('.'),
    message: /[ぁ-ん]/.test(message) ? message : '入力内容に誤りがあります。',
  }));
  return problems.filter(({ path }) => !problems.some((other) => other.path.startsWith(`${path}.`)));
}

const LABELLED = ['extended', 'nthWeekdays', 'yearlyRanges', 'dateRanges', 'days'] as const;

function ruleProblems(calendar: Calendar): readonly CalendarProblem[] {
  return LABELLED.flatMap((list) =>
    calendar[list].flatMap(({ label, hours }, at) => [
      ...(label.trim() === ''
        ? [{ path: `${list}.${at}.label`, message: '名前を入力してください（例：年末年始）。' }]
        : []),
      ...overlaps(`${list}.${at}.hours`, hours),
      ...(list === 'extended' && hours.length === 0
        ? [{ path: `${list}.${at}.hours`, message: '延長する時間を入力してください。' }]
        : []),
    ]),
  );
}

function overlaps(path: string, hours: readonly Hours[]): readonly CalendarProblem[] {
  return hours.flatMap((each, at) =>
    hours.slice(0, at).some((other) => each.from < other.to && other.from < each.to)
      ? [{ path: `${path}.${at}.from`, message: '時間が、ほかの時間と重なっています。' }]
      : [],
  );
}

/** @param monthDay '02-29' exists, since some years have it. */
function noSuchDay(path: string, monthDay: string): readonly CalendarProblem[] {
  const [month = 1, day = 1] = monthDay.split('-').map(Number);
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year: 2024, month });
  return day > daysInMonth ? [{ path, message: 'この月日はありません。' }] : [];
}

/** Places of what stands earlier in the list too. */
function twice(values: readonly string[]): readonly number[] {
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []));
}
