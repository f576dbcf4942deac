import { LIST_MAX_COLUMNS } from '../../../http/campaign-list-contract.ts';
import type { ListRow } from '../checks/row.ts';
import { ListFileError } from '../list-file-error.ts';
import { shownNumber } from './cell-format.ts';
import { openWorkbook } from './open-workbook.ts';
import { readXml } from './read-xml.ts';
import { findSheet, readFormats, readStrings } from './workbook-parts.ts';

/** Excel's own limit is 32,767. */
const LONGEST_CELL = 40_000;
const NUMBER = { type: 'number' } as const;

/**
 * Reads the first sheet of an .xlsx in groups of rows; of it only the texts are held in memory. A formula counts as the result that was saved with it. Rows
 * are as long as the first one, since a sheet leaves empty cells away.
 * @param onRead told the share of the sheet, 0–1, that was read so far.
 * @throws ListFileError
 */
export async function* readXlsx(
  path: string,
  onRead: (share: number) => void,
): AsyncGenerator<readonly ListRow[]> {
  const workbook = await openWorkbook(path);
  try {
    const { sheet, strings: stringsName, from1904 } = await findSheet(workbook);
    const strings = stringsName === null ? [] : await readStrings(workbook, stringsName);
    const formats = await readFormats(workbook);
    let rows: ListRow[] = [];
    let width: number | null = null;
    let rowNo = 0;
    let cells: string[] = [];
    let column = -1;
    let cell = { type: 'n', style: 0, text: '' };
    let isValue = false;
    let inRuby = false;

    const textOf = (): string => {
      if (cell.type === 's') return strings[Number(cell.text)] ?? '';
      if (cell.type === 'b') return cell.text === '1' ? 'TRUE' : 'FALSE';
      if (cell.type === 'n') return shownNumber(cell.text, formats[cell.style] ?? NUMBER, from1904);
      return cell.text;
    };
    const endCell = () => {
      if (cell.text === '') return;
      while (cells.length < column) cells.push('');
      cells[column] = plainText(textOf(), rowNo, column);
    };
    const endRow = () => {
      if (cells.every((each) => each.trim() === '')) return;
      width ??= cells.length;
      while (cells.length < width) cells.push('');
      rows.push({ rowNo, cells });
    };
    const pieces = readXml(await workbook.open(sheet), {
      open(name, attribute) {
        if (name === 'row') {
          rowNo = Number(attribute('r') ?? rowNo + 1);
          cells = [];
          column = -1;
        } else if (name === 'c') {
          const place = attribute('r');
          column = place === undefined ? column + 1 : columnOf(place);
          if (!(column >= 0 && column < LIST_MAX_COLUMNS))
            throw new ListFileError(
              `${rowNo}行目の列が多すぎます。${LIST_MAX_COLUMNS}列までにしてください。`,
            );
          cell = { type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0), text: '' };
        } else if (name === 'rPh') inRuby = true;
        else if (name === 'v' || name === 't') isValue = !inRuby;
      },
      close(name) {
        if (name === 'v' || name === 't') isValue = false;
        else if (name === 'rPh') inRuby = false;
        else if (name === 'c') endCell();
        else if (name === 'row') endRow();
      },
      text(piece) {
        if (!isValue) return;
        cell.text += piece;
        if (cell.text.length > LONGEST_CELL)
          throw new ListFileError(`${rowNo}行目の${columnLetters(column)}列の文字が多すぎます。`);
      },
    });
    const whole = Math.max(1, workbook.inflatedBytes(sheet));
    for await (const bytes of pieces) {
      onRead(Math.min(1, bytes / whole));
      if (rows.length === 0) continue;
      const ready = rows;
      rows = [];
      yield ready;
    }
  } finally {
    workbook.close();
  }
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 Part 1, 22.9.2.19). */
function plainText(text: string, rowNo: number, column: number): string {
  const plain = text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .toWellFormed();
  if (plain.includes('\0'))
    throw new ListFileError(`${rowNo}行目の${columnLetters(column)}列に、文字ではないデータがあります。`);
  return plain;
}

/** 'AB12' → 27 */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(place)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** 27 → 'AB' */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest === 0 ? '' : columnLetters(rest - 1)}${String.fromCharCode(65 + (column % 26))}`;
}
