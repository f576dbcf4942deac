import bundledHolidays from '@holiday-jp/holiday_jp/lib/holidays.js';

/** 国民の祝日 and 休日 (振替休日, 国民の休日): Japanese date '2026-09-22' → name. */
export type HolidaySet = ReadonlyMap<string, string>;

/** What comes with the product: 1970–2050, those beyond the next year computed, not decreed (@holiday-jp/holiday_jp). */
export const defaultHolidays: HolidaySet = new Map(
  Object.values(bundledHolidays).map(({ date, name }) => [date, name]),
);

/** A file of holidays that cannot be read. The message is for staff. */
export class HolidayFileError extends Error {
  readonly code = 'holidayFile';
}

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
    if (line.trim() === '' || (index === 0 && !/^"?\d/.test(line))) continue;
    const [day = '', name = ''] = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const date = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(day);
    if (date === null || name === '' || Number(date[2]) > 12 || Number(date[3]) > 31) {
      throw new HolidayFileError(
        `祝日ファイルの${index + 1}行目を読み取れません。内閣府の「国民の祝日」CSVを選んでください。`,
      );
    }
    holidays.set(`${date[1]}-${date[2]?.padStart(2, '0')}-${date[3]?.padStart(2, '0')}`, name);
  }
  if (holidays.size === 0) throw new HolidayFileError('祝日ファイルに祝日が一つもありません。');
  return holidays;
}

/** The official holidays of every year that they speak of, the base set's of all others. */
export function withOfficialYears(base: HolidaySet, official: HolidaySet): HolidaySet {
  const years = new Set([...official.keys()].map((date) => date.slice(0, 4)));
  return new Map([...[...base].filter(([date]) => !years.has(date.slice(0, 4))), ...official]);
}
