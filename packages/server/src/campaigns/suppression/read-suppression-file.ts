/** A file of 宛名番号 that cannot be read. The message is for staff and names the line. */
export class SuppressionFileError extends Error {
  readonly code = 'suppressionFile';
}

const HEADING = '宛名番号';
const MOST_ROWS = 20_000;
const LONGEST_NUMBER = 30;

/**
 * The 宛名番号 of a CSV (UTF-8 or CP932): of the column with that heading, or of the only column where the file has no heading. Each once,
 * leading zeros kept. @throws SuppressionFileError
 */
export function readSuppressionFile(content: Buffer): readonly string[] {
  const lines = textOf(content)
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, cells: cellsOf(line) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [first] = lines;
  if (first === undefined) throw new SuppressionFileError('ファイルに宛名番号が一つもありません。');
  const column = columnOf(first.cells);
  const rows = column.hasHeading ? lines.slice(1) : lines;
  if (rows.length === 0) throw new SuppressionFileError('見出しの下に宛名番号が一つもありません。');
  if (rows.length > MOST_ROWS) {
    throw new SuppressionFileError(
      `一度に読み込めるのは${MOST_ROWS.toLocaleString('ja')}行までです。ファイルを分けてください。`,
    );
  }
  return [...new Set(rows.map(({ number, cells }) => addresseeNumberOf(cells[column.index] ?? '', number)))];
}

function columnOf(cells: readonly string[]): { readonly index: number; readonly hasHeading: boolean } {
  const named = cells.flatMap((cell, index) => (cell === HEADING ? [index] : []));
  if (named.length > 1) {
    throw new SuppressionFileError(
      `「${HEADING}」という見出しの列が${named.length}つあります。1つにしてください。`,
    );
  }
  const [index] = named;
  if (index !== undefined) return { index, hasHeading: true };
  if (cells.length === 1) return { index: 0, hasHeading: false };
  throw new SuppressionFileError(
    `1行目に「${HEADING}」という見出しの列がありません。見出しを付けるか、宛名番号の列だけにしてください。`,
  );
}

function addresseeNumberOf(cell: string, line: number): string {
  if (cell === '') throw new SuppressionFileError(`${line}行目の宛名番号が空です。`);
  // what a spreadsheet makes of a long number, '1.23E+10', has lost its digits
  if (!/^[0-9A-Za-z-]+$/.test(cell) || cell.length > LONGEST_NUMBER) {
    throw new SuppressionFileError(
      `${line}行目の宛名番号を読み取れません。半角の数字（英字・ハイフンも可）で${LONGEST_NUMBER}文字までにしてください。`,
    );
  }
  return cell;
}

function cellsOf(line: string): readonly string[] {
  return line.split(',').map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

function textOf(content: Buffer): string {
  for (const encoding of ['utf-8', 'shift_jis'] as const) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(content);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw new SuppressionFileError('ファイルの文字を読み取れません。UTF-8かShift_JISのCSVを選んでください。');
}
