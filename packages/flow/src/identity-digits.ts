import { z } from 'zod';
import { valueOfDigits } from './digits-value.ts';

/** By what a person shows who he is: month and day of birth, or the whole date. */
export const IdentityFormatSchema = z.enum(['monthDay', 'birthDate']);
export type IdentityFormat = z.infer<typeof IdentityFormatSchema>;

/** Year before the first of each era, by the key that stands for it: 明治, 大正, 昭和, 平成, 令和. */
const YEAR_BEFORE_ERA: Readonly<Record<string, number>> = {
  '1': 1867,
  '2': 1911,
  '3': 1925,
  '4': 1988,
  '5': 2018,
};

/**
 * How many digits can still come. A western year begins with 1 or 2, as do the dates of 明治 and 大正, so that after seven of these another
 * may follow.
 */
export function longestDigits(format: IdentityFormat, keyed: string): number {
  if (format === 'monthDay') return 4;
  return /^[345]/.test(keyed) ? 7 : 8;
}

/**
 * What was keyed in as it is compared: '0102', or '19500102' whether it was keyed in as 和暦 ('3250102') or western. Null where it is no
 * day at all.
 */
export function identityDigits(format: IdentityFormat, keyed: string): string | null {
  if (format === 'monthDay') {
    // 29 February is a birthday.
    return keyed.length === 4 && valueOfDigits(`2000${keyed}`, 'date') !== null ? keyed : null;
  }
  const western = keyed.length === 7 ? westernOf(keyed) : keyed;
  return western !== null && valueOfDigits(western, 'date') !== null ? western : null;
}

function westernOf(keyed: string): string | null {
  const before = YEAR_BEFORE_ERA[keyed.slice(0, 1)];
  const year = Number(keyed.slice(1, 3));
  return before === undefined || year === 0 ? null : `${before + year}${keyed.slice(3)}`;
}
