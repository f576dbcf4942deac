/** Letters of the Japanese eras as forms and systems write them (R8.1.31). */
const ERAS: Readonly<Record<string, { readonly name: string; readonly lastYear: number }>> = {
  M: { name: '明治', lastYear: 45 },
  T: { name: '大正', lastYear: 15 },
  S: { name: '昭和', lastYear: 64 },
  H: { name: '平成', lastYear: 31 },
  R: { name: '令和', lastYear: 99 },
};

/** `R`, 8 → `令和8年`; year 1 is 元年. Undefined where the era had no such year. */
export function eraYear(letter: string, year: number): string | undefined {
  const era = ERAS[letter.toUpperCase()];
  if (era === undefined || year < 1 || year > era.lastYear) return undefined;
  return year === 1 ? `${era.name}元年` : `${era.name}${year}年`;
}
