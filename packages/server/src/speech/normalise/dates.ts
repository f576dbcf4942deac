import { eraYear } from './eras.ts';

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WEEKDAY_AFTER_DATE = /(?<=日)\(([月火水木金土日])(?:曜日?)?(?:・?([祝休])日?)?\)/gu;
const ERA_DATE = /(?<![A-Za-z\d])([MTSHR])(\d{1,2})[./-](\d{1,2})[./-](\d{1,2})(?![\d./-])/giu;
const FULL_DATE = /(?<![\d./-])((?:19|20)\d{2})[./-](\d{1,2})[./-](\d{1,2})(?![\d/-]|\.\d)/gu;
const ERA_YEAR = /(?<![A-Za-z\d])([MTSHR])(\d{1,2})(?=年)/gu;
const MONTH_AND_DAY = /(?<![\d/.])(\d{1,2})\/(\d{1,2})(?![\d/.])/gu;
const FRACTION_FOLLOWS = /^(?:の|以|に|ず|を超|程|\))/u;

function monthAndDay(month: number, day: number): string | undefined {
  const last = DAYS_OF_MONTH[month - 1];
  return last !== undefined && day >= 1 && day <= last
    ? `${month}月${day === 1 ? '一日' : `${day}日`}`
    : undefined;
}

function fullDate(year: string | undefined, month: number, day: number): string | undefined {
  const rest = monthAndDay(month, day);
  return year === undefined || rest === undefined ? undefined : year + rest;
}

/** Dates in figures become words that the dictionary reads right; what is no possible date stays as it is. */
export function speakDates(text: string): string {
  return text
    .replace(
      ERA_DATE,
      (whole, era: string, year: string, month: string, day: string) =>
        fullDate(eraYear(era, Number(year)), Number(month), Number(day)) ?? whole,
    )
    .replace(
      FULL_DATE,
      (whole, year: string, month: string, day: string) =>
        fullDate(`${year}年`, Number(month), Number(day)) ?? whole,
    )
    .replace(
      ERA_YEAR,
      (whole, era: string, year: string) => eraYear(era, Number(year))?.slice(0, -1) ?? whole,
    )
    .replace(/(令和|平成|昭和|大正|明治)0?1年(?!度?間)/gu, '$1元年')
    .replace(MONTH_AND_DAY, (whole, first: string, second: string, at: number, all: string) => {
      const fraction =
        Number(second) <= 10 &&
        Number(first) < Number(second) &&
        FRACTION_FOLLOWS.test(all.slice(at + whole.length));
      if (fraction) return `${Number(second)}分の${Number(first)}`;
      return monthAndDay(Number(first), Number(second)) ?? whole;
    })
    .replace(/(?<=\d)月0?1日(?!\d|間|前|後|目|以)/gu, '月一日')
    .replace(/(?<!\d)0(\d)(?=[年月日])/gu, '$1')
    .replace(WEEKDAY_AFTER_DATE, (_, weekday: string, holiday: string | undefined) => {
      const rest = holiday === undefined ? '' : holiday === '祝' ? '、祝日' : '、休日';
      return `、${weekday}曜日${rest}、`;
    });
}

/** A date value (2026-01-31, 20260131, 0131, R8.1.31, ISO with a time) in words, or undefined. */
export function readDate(value: string): string | undefined {
  const compact = /^(\d{4})?(\d{2})(\d{2})$/u.exec(value);
  if (compact !== null) {
    const [, year, month, day] = compact;
    return year === undefined
      ? monthAndDay(Number(month), Number(day))
      : fullDate(`${year}年`, Number(month), Number(day));
  }
  const dateOnly = value.replace(/T\d{2}:.*$/u, '');
  const spoken = speakDates(dateOnly);
  return /^(?:.*年)?.*月.*日/u.test(spoken) ? spoken : undefined;
}
