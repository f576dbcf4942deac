import { z } from 'zod';
import { longestTextUnits } from './split-text.ts';

/** Yen as decimal digits, so that no sum is off by a fraction; a number in the file will do. */
const YenSchema = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().regex(/^\d{1,6}(\.\d{1,4})?$/));

const mostParts = 10;

/**
 * What one text costs at a gateway, by its length in UTF-16 units or in parts: the first band that holds the text counts. Aggregators in
 * Japan name a price for 70, 134, 201 … 660 characters. Empty: no price is known.
 */
export const PriceBandsSchema = z
  .union([
    z.array(z.strictObject({ uptoChars: z.int().positive(), yen: YenSchema })),
    z.array(z.strictObject({ uptoParts: z.int().positive(), yen: YenSchema })),
  ])
  .refine((bands) => isAscending(bands))
  .refine((bands) => holdsTheLongestText(bands));
export type PriceBands =
  | readonly { readonly uptoChars: number; readonly yen: string }[]
  | readonly { readonly uptoParts: number; readonly yen: string }[];

/**
 * @param parts into how many the text is cut on its way
 * @returns yen as decimal digits; null where the list names no price for such a text
 */
export function priceOf(text: string, parts: number, bands: PriceBands): string | null {
  for (const band of bands) {
    if ('uptoChars' in band ? text.length <= band.uptoChars : parts <= band.uptoParts) return band.yen;
  }
  return null;
}

function limitOf(band: PriceBands[number]): number {
  return 'uptoChars' in band ? band.uptoChars : band.uptoParts;
}

function isAscending(bands: PriceBands): boolean {
  const limits = bands.map(limitOf);
  return limits.every((limit, index) => index === 0 || limit > (limits[index - 1] ?? 0));
}

function holdsTheLongestText(bands: PriceBands): boolean {
  const last = bands.at(-1);
  if (last === undefined) return true;
  return 'uptoChars' in last ? last.uptoChars >= longestTextUnits : last.uptoParts >= mostParts;
}
