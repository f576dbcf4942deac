const QUOTED = /[",\r\n]|^\s|\s$/u;

/** One row of a CSV file (RFC 4180), with its line end. */
export function csvRow(cells: readonly string[], lineEnd: '\r\n' | '\n'): string {
  return (
    cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',') + lineEnd
  );
}
