/** What a number in a cell is: a day, digits with leading zeros ('0000000000' shows 12 as '0000000012'), or a number. */
export type CellFormat =
  | { readonly type: 'day' }
  | { readonly type: 'zeros'; readonly digits: number }
  | { readonly type: 'number' };

/** Formats of days that every Excel knows by number (ECMA-376 Part 1, 18.8.30), those of Japanese ones included. */
const isBuiltInDay = (id: number) =>
  (id >= 14 && id <= 17) ||
  id === 22 ||
  (id >= 27 && id <= 31) ||
  id === 36 ||
  (id >= 50 && id <= 58 && id !== 55 && id !== 56);
const DAY_MS = 86_400_000;
/** Serial numbers count from here, if 1900 is taken for a leap year as Excel does; before March 1900 nobody is born. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LAST_SERIAL = 2_958_465;

/** @param code of the workbook's own formats. */
export function formatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return isBuiltInDay(id) ? { type: 'day' } : { type: 'number' };
  // What is quoted, escaped or in brackets is shown as it is, or names a colour or a language.
  const plain = code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, '').split(';')[0] ?? '';
  if (/^0{2,}$/.test(plain)) return { type: 'zeros', digits: plain.length };
  return /[yegd]/i.test(plain.replace(/general/i, '')) ? { type: 'day' } : { type: 'number' };
}

/** The text of a number as its cell shows it, a day as 'YYYY-MM-DD'. */
export function shownNumber(written: string, format: CellFormat, from1904: boolean): string {
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return written;
  if (format.type === 'day' && value >= 1 && value <= LAST_SERIAL) {
    const epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
    return new Date(epoch + Math.floor(value) * DAY_MS).toISOString().slice(0, 10);
  }
  // 16 figures are more than a number of Excel holds; what it writes as 1.2E+11 is a whole number all the same.
  const plain = Number.isSafeInteger(value) ? String(value) : written;
  return format.type === 'zeros' && /^\d+$/.test(plain) ? plain.padStart(format.digits, '0') : plain;
}
