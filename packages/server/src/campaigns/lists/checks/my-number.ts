/** Values of so many places, as a form may write them ('1234-5678-9012'). */
const TWELVE_DIGITS = /^\d{12}$/;

/**
 * Whether a value is a マイナンバー by its check digit. Source: 平成26年総務省令第85号 第5条: 11 − (Σ Pn·Qn mod 11), 0 where the remainder is 0 or 1; Pn the nth
 * of the eleven digits before it, counted from the last one; Qn = n + 1 up to n = 6, n − 5 from there on. One in eleven numbers of twelve digits
 * has the right one by chance.
 */
export function isMyNumber(written: string): boolean {
  const digits = written.normalize('NFKC').replace(/[\s-]/g, '');
  if (!TWELVE_DIGITS.test(digits)) return false;
  let sum = 0;
  for (let n = 1; n <= 11; n++) sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const rest = sum % 11;
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
}

/** Watches the columns of a file while it is read. */
export class MyNumberWatch {
  readonly #filled: number[] = [];
  readonly #fitting: number[] = [];

  add(cells: readonly string[]): void {
    for (const [column, cell] of cells.entries()) {
      // Most cells are no candidates by their length alone.
      if (cell === '') continue;
      this.#filled[column] = (this.#filled[column] ?? 0) + 1;
      if (cell.length >= 12 && isMyNumber(cell)) this.#fitting[column] = (this.#fitting[column] ?? 0) + 1;
    }
  }

  /** The first column of which more than half of the values are マイナンバー by their check digit; null where none is. */
  suspect(): number | null {
    const found = this.#fitting.findIndex(
      (fitting, column) => (fitting ?? 0) * 2 > (this.#filled[column] ?? 0),
    );
    return found === -1 ? null : found;
  }
}
