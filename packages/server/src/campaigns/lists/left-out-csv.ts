import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { RowProblemSchema } from '../../http/campaign-list-contract.ts';
import { harmlessCell } from './checks/formula.ts';
import type { StoredList } from './staging/stored-lists.ts';

const ROWS_AT_ONCE = 1_000;
const BOM = '\uFEFF';
const REASON = '理由';
const ProblemsSchema = z.array(RowProblemSchema);

/**
 * The rows that were left out as a CSV file (UTF-8 with BOM, for Excel), in pieces: the file's own columns and 理由. Cells that a spreadsheet would run get an
 * apostrophe before them; all others, 外字 too, are as they came.
 */
export async function* leftOutCsv(db: Database, { list_id, headers }: StoredList): AsyncGenerator<string> {
  yield `${BOM}${lineOf([...headers, reasonColumn(headers)])}`;
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('campaign_list_row')
      .select(['row_no', 'original', 'problems'])
      .where('list_id', '=', list_id)
      .where('left_out', '=', true)
      .where('row_no', '>', after)
      .orderBy('row_no')
      .limit(ROWS_AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    yield rows
      .map(({ original, problems }) => {
        const why = ProblemsSchema.parse(problems).map(({ message }) => message);
        const cells = headers.map((_, column) => original[column] ?? '');
        // What a broken row has too many of is not thrown away.
        return lineOf([...cells, why.join(' '), ...original.slice(headers.length)]);
      })
      .join('');
    after = rows.at(-1)?.row_no ?? after;
  }
}

/** A file that was mended has the column already; its reasons are of before. */
function reasonColumn(headers: readonly string[]): string {
  let name = REASON;
  for (let nth = 2; headers.includes(name); nth++) name = `${REASON}${nth}`;
  return name;
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(harmlessCell(cell))).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
