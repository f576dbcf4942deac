import type { CheckedRow } from './row.ts';

/** What tells apart several demands on one person. Not the amount: the same demand with two amounts is the same one. */
const NARROWING = ['税目', '税目コード', '賦課年度', '相当年度', '期別', '通知書番号'];

/** Finds rows about the same demand on the same person. It holds one short text for each row. */
export class Duplicates {
  readonly #firstRow = new Map<string, number>();

  /** Number of the earlier row of the same person and demand; null where this is the first. */
  earlier(row: Pick<CheckedRow, 'rowNo' | 'addresseeNumber' | 'values'>): number | null {
    const key = [
      row.addresseeNumber,
      ...NARROWING.map((name) => sameTerm(row.values[name]?.text ?? '')),
    ].join('\n');
    const first = this.#firstRow.get(key);
    if (first !== undefined) return first;
    this.#firstRow.set(key, row.rowNo);
    return null;
  }
}

/** A term as it is compared: '第４期', '04' and '4' are the same. */
export function sameTerm(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const term = /^第?0*(\d+)期?$/.exec(plain);
  return term?.[1] ?? plain;
}
