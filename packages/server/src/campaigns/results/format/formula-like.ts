/** What makes a spreadsheet calculate a cell of a CSV file, also in the wide forms that a Japanese one takes for the same. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u;

export function isFormulaLike(cell: string): boolean {
  return FORMULA.test(cell);
}

/** As a spreadsheet leaves it alone: for files that people open, never for those that a core system reads. */
export function harmless(cell: string): string {
  return isFormulaLike(cell) ? `'${cell}` : cell;
}
