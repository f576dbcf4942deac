import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

type Cost = { readonly logN: number; readonly r: number; readonly p: number };

/** RFC 7914; 32 MiB and about a tenth of a second for each look. */
const COST: Cost = { logN: 15, r: 8, p: 1 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
const FEWEST_FIGURES = 3;

const KeptHashSchema = z
  .string()
  .regex(/^scrypt\$\d{1,2}\$\d{1,2}\$\d{1,2}\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/)
  .transform((kept) => {
    const [, logN, r, p, salt = '', hash = ''] = kept.split('$');
    return {
      cost: { logN: Number(logN), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt, 'base64'),
      hash: Buffer.from(hash, 'base64'),
    };
  });

/** What keeps a PIN 暗証番号 from being taken, in words for staff; null: nothing. @param pin as typed, tidied by `tidyPin` */
export function pinProblem(pin: string): string | null {
  if (!/^[0-9]{6,8}$/.test(pin)) return '暗証番号は、数字6桁から8桁で入力してください。';
  if (isRow(pin) || isRepetition(pin) || new Set(pin).size < FEWEST_FIGURES)
    return '同じ数字や、続き番号、繰り返しは使えません。ほかの数字にしてください。';
  if (isDate(pin)) return '生年月日のように、日付と読める数字は使えません。ほかの数字にしてください。';
  return null;
}

/** Full-width figures are as good as others. */
export function tidyPin(typed: string): string {
  return typed.normalize('NFKC').trim();
}

/** To be stored in place of the PIN. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derived(pin, salt, COST);
  return ['scrypt', COST.logN, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Takes as long for a 担当者番号 that nobody has (`kept` null), so that nobody learns which there are. */
export async function isPin(pin: string, kept: string | null): Promise<boolean> {
  if (kept === null) {
    await derived(pin, randomBytes(SALT_BYTES), COST);
    return false;
  }
  const { cost, salt, hash } = KeptHashSchema.parse(kept);
  return timingSafeEqual(await derived(pin, salt, cost), hash);
}

function derived(pin: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
    scrypt(pin, salt, HASH_BYTES, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}

/** 123456, 987654, 890123, 135791. */
function isRow(pin: string): boolean {
  const steps = new Set(
    [...pin].slice(1).map((figure, nth) => (Number(figure) - Number(pin[nth]) + 10) % 10),
  );
  return steps.size === 1;
}

/** 525252, 529529, 52915291, 5295295. */
function isRepetition(pin: string): boolean {
  return [2, 3, 4].some(
    (length) => pin.length > length + 2 && [...pin].every((figure, nth) => figure === pin[nth % length]),
  );
}

/** YYYYMMDD, YYMMDD, and EYYMMDD with the figure that offices write for the era. */
function isDate(pin: string): boolean {
  const [, year = '', month = '', day = ''] =
    /^(\d{2}|[1-5]\d{2}|(?:19|20)\d{2})(\d{2})(\d{2})$/.exec(pin) ?? [];
  if (year === '') return false;
  const days = new Date(Date.UTC(2000, Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}
