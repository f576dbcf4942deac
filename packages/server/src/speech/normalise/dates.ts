import { eraYear } from './eras.ts';

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WEEKDAY_AFTER_DATE = /(?<=日)\(([月火水木金土日])(?:曜日?)?(?:・?([祝休])日?)?\)/gu;
const ERA_DATE = /(?<![A-Za-z\d])([MTSHR])(\d{1,2})[./-](\d{1,2})[./-](\d{1,2})(?![\d./-])/giu;
const FULL_DATE = /(?<![\d./-])((?:19|20)\d{2})[./-](\d{1,2})[./-](\d{1,2})(?![\d/-]|\.\d)/gu;
const ERA_YEAR = /(?<![A-Za-z\d])([MTSHR])(\d{1,2})(?=年)/gu;
const MONTH_AND_DAY = /(?<![\d/.])(\d{1,2})\/(\d{1,2})(?![\d/.])/gu;
/** What is said of a fraction and never of a day: 4/5以上, but 4/10以降. */
const FRACTION_FOLLOWS = /^(?:以[上下内]|未満|ずつ|を[超下]|程度?|に(?:減|軽減|満た|相当))/u;
/** 負担割合は1/2. */
const FRACTION_BEFORE = /(?:割合|補助率|負担率|税率|持分)[はがの:(、 ]?$/u;
/** 1/2の額, but 1/4の受付: what takes place on a day and is no part of anything. */
const DIVIDED_FOLLOWS = /^の(?!受|午|朝|昼|夜|夕|開|閉|休|窓|相談|説明|集|会|納|期|締|予|健|検|\d)/u;
const MAX_DENOMINATOR_BEFORE_NO = 4;

function monthAndDay(month: number, day: number): string | undefined {
  const last = DAYS_OF_MONTH[month - 1];
  return last !== undefined && day >= 1 && day <= last
    ? `${month}月${day === 1 ? '一日' : `${day}日`}`
    : undefined;
}

/** 1/2 is read as a fraction only where it surely is one: figures with a stroke are mostly days in what a city announces. */
function isFraction(first: number, second: number, before: string, after: string): boolean {
  if (first >= second || second > 10) return false;
  return (
    FRACTION_FOLLOWS.test(after) ||
    FRACTION_BEFORE.test(before) ||
    (second <= MAX_DENOMINATOR_BEFORE_NO && DIVIDED_FOLLOWS.test(after))
  );
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
      // Slices as long as the longest word looked for: a long text with many strokes stays quick.
      const before = all.slice(Math.max(0, at - 5), at);
      const after = all.slice(at + whole.length, at + whole.length + 5);
      return isFraction(Number(first), Number(second), before, after)
        ? `${Number(second)}分の${Number(first)}`
        : (monthAndDay(Number(first), Number(second)) ?? whole);
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
