/** Eras with their code in the core systems' data (元号コード), their letter, name and first day. */
const ERAS = [
  { code: '1', letter: 'M', name: '明治', from: '1868-01-25' },
  { code: '2', letter: 'T', name: '大正', from: '1912-07-30' },
  { code: '3', letter: 'S', name: '昭和', from: '1926-12-25' },
  { code: '4', letter: 'H', name: '平成', from: '1989-01-08' },
  { code: '5', letter: 'R', name: '令和', from: '2019-05-01' },
] as const;

const WESTERN = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const EIGHT_DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
const ERA = /^(明治|大正|昭和|平成|令和|[MTSHR])(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/i;
/** 元号コード and six digits: 3300102. */
const SEVEN_DIGITS = /^([1-5])(\d{2})(\d{2})(\d{2})$/;

/**
 * The day that is written: '19550102', '1955-01-02', '1955/1/2', '1955年1月2日', 'S30.1.2', '昭和30年1月2日', '3300102'. A day of an era must lie in it.
 * @returns 'YYYY-MM-DD', or null where it is no day.
 */
export function japaneseDate(written: string): string | null {
  const plain = written.normalize('NFKC').replace(/\s/g, '');
  const western = WESTERN.exec(plain) ?? EIGHT_DIGITS.exec(plain);
  if (western !== null) return day(Number(western[1]), Number(western[2]), Number(western[3]));
  const inEra = ERA.exec(plain) ?? SEVEN_DIGITS.exec(plain);
  if (inEra === null) return null;
  const [, sign = '', year = '', month, date] = inEra;
  const index = ERAS.findIndex(
    ({ code, letter, name }) => sign === code || sign.toUpperCase() === letter || sign === name,
  );
  const era = ERAS[index];
  if (era === undefined) return null;
  const yearOfEra = year === '元' ? 1 : Number(year);
  if (yearOfEra < 1) return null;
  const found = day(Number(era.from.slice(0, 4)) + yearOfEra - 1, Number(month), Number(date));
  if (found === null || found < era.from) return null;
  const next = ERAS[index + 1];
  // On its last day an era still counts: 昭和64年1月7日, and 大正15年12月25日, which was also the first of 昭和.
  return next !== undefined && found > next.from ? null : found;
}

function day(year: number, month: number, date: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
  return at.toISOString().slice(0, 10);
}
