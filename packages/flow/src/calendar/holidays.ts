import bundledHolidays from '@holiday-jp/holiday_jp/lib/holidays.js';
import { Temporal } from 'temporal-polyfill';
import { withUsualNames } from './holiday-names.ts';

/** 国民の祝日 and 休日 (振替休日, 国民の休日), by their usual names: Japanese date '2026-09-22' → name. */
export type HolidaySet = ReadonlyMap<string, string>;

/** What comes with the product: 1970–2050 (@holiday-jp/holiday_jp). */
export const defaultHolidays: HolidaySet = withUsualNames(
  new Map(Object.values(bundledHolidays).map(({ date, name }) => [date, name])),
);

/** Last year whose 春分の日 and 秋分の日 were published when the bundled set was made; those after it are computed. */
export const LAST_BUNDLED_YEAR = 2026;

/** A file of holidays that cannot be read. The message is for staff. */
export class HolidayFileError extends Error {
  readonly code = 'holidayFile';
}

const HEADING_LINES = 1;
/** Since 2016 every year has 16 祝日; a year with far fewer was cut off. */
const FIRST_FULL_YEAR = 2016;
const LEAST_PER_YEAR = 14;

/**
 * Reads 内閣府's syukujitsu.csv ('国民の祝日・休日月日,国民の祝日・休日名称', then '2026/1/1,元日'), already decoded from Shift_JIS.
 * Throws HolidayFileError.
 */
export function parseHolidayCsv(text: string): HolidaySet {
  const holidays = new Map<string, string>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (line.trim() === '' || (index < HEADING_LINES && !/^"?\d/.test(line))) continue;
    const [day = '', name = ''] = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const date = dateOf(day);
    if (date === null || name === '') {
      throw new HolidayFileError(
        `祝日ファイルの${index + 1}行目を読み取れません。内閣府の「国民の祝日」CSVを選んでください。`,
      );
    }
    holidays.set(date, name);
  }
  if (holidays.size === 0) throw new HolidayFileError('祝日ファイルに祝日が一つもありません。');
  return withUsualNames(holidays);
}

/** The years of a file that hold far fewer holidays than the law knows: it was cut off. */
export function incompleteYears(holidays: HolidaySet): readonly number[] {
  const counts = Map.groupBy(holidays.keys(), (date) => Number(date.slice(0, 4)));
  return [...counts]
    .filter(([year, dates]) => year >= FIRST_FULL_YEAR && dates.length < LEAST_PER_YEAR)
    .map(([year]) => year);
}

/** The official holidays of every year that they speak of, the base set's of all others. */
export function withOfficialYears(base: HolidaySet, official: HolidaySet): HolidaySet {
  const years = new Set([...official.keys()].map((date) => date.slice(0, 4)));
  return new Map([...[...base].filter(([date]) => !years.has(date.slice(0, 4))), ...official]);
}

/** '2026/1/1' or '2026-01-01' as '2026-01-01'; null where there is no such day. */
function dateOf(text: string): string | null {
  const found = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(text);
  if (found === null) return null;
  const [, year, month, day] = found.map(Number);
  try {
    return Temporal.PlainDate.from(
      { year: year ?? 0, month: month ?? 0, day: day ?? 0 },
      { overflow: 'reject' },
    ).toString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
