/** A sign that begins a figure, a telephone number or nothing at all. */
const SIGNED_FIGURE = /^[+-][\d\s,.()-]*$/;

/**
 * Whether a spreadsheet would take this text for a formula (OWASP "CSV Injection"; full-width signs too, which Japanese ones turn into plain ones).
 * Nothing is ever run here; text that is to be said is refused for it.
 */
export function looksLikeFormula(cell: string): boolean {
  const text = cell.trimStart();
  if (/^[=@＝＠]/u.test(text)) return true;
  return /^[+-]/.test(text) && !SIGNED_FIGURE.test(text);
}

/** The cell as it may stand in a file that is opened with a spreadsheet: a formula gets an apostrophe before it and stays text. */
export function harmlessCell(cell: string): string {
  return looksLikeFormula(cell) ? `'${cell}` : cell;
}
