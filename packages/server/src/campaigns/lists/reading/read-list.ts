import { LIST_MAX_ROWS } from '../../../http/campaign-list-contract.ts';
import { MyNumberWatch } from '../checks/my-number.ts';
import type { ListRow } from '../checks/row.ts';
import { ListFileError } from '../list-file-error.ts';
import { readCsv } from './read-csv.ts';
import { columnLetters, readXlsx } from './read-xlsx.ts';
import type { ListEncoding } from './text-encoding.ts';

/** A file that was taken in. `encoding` is null of a spreadsheet. */
export type ListFile = {
  readonly path: string;
  readonly kind: 'csv' | 'xlsx';
  readonly encoding: ListEncoding | null;
  readonly bytes: number;
};

/** First the names of the columns, then the rows in groups; `bytes`: of the file, read so far. */
export type ListPiece = {
  readonly headers: readonly string[];
  readonly rows: readonly ListRow[];
  readonly bytes: number;
};

/**
 * Reads a list from its beginning to its end. Whoever stops before has seen rows that were looked at for マイナンバー as far as they go.
 * @throws ListFileError: nothing in it, two columns of one name, too many rows, a column that looks like マイナンバー.
 */
export async function* readList(file: ListFile): AsyncGenerator<ListPiece> {
  let bytes = 0;
  const groups =
    file.encoding === null
      ? readXlsx(file.path, (share) => {
          bytes = Math.round(share * file.bytes);
        })
      : readCsv(file.path, file.encoding, (read) => {
          bytes = read;
        });
  let headers: readonly string[] | null = null;
  let count = 0;
  const watch = new MyNumberWatch();
  for await (const group of groups) {
    let rows = group;
    if (headers === null) {
      const [first, ...others] = group;
      headers = readHeaders(first);
      rows = others;
    }
    for (const { cells } of rows) watch.add(cells);
    count += rows.length;
    if (count > LIST_MAX_ROWS)
      throw new ListFileError(
        `行が多すぎます。1つのファイルは${LIST_MAX_ROWS.toLocaleString('ja-JP')}行までです。分けてください。`,
      );
    refuseMyNumber(headers, watch);
    yield { headers, rows, bytes };
  }
  if (headers === null)
    throw new ListFileError('ファイルに何も入っていません。別のファイルを選んでください。');
  if (count === 0)
    throw new ListFileError('1行目の列の名前のほかに、行がありません。別のファイルを選んでください。');
}

/** A column is refused as soon as it looks so by all rows until then: the first group has hundreds, so that chance has no part in it. */
function refuseMyNumber(headers: readonly string[], watch: MyNumberWatch): void {
  const suspect = watch.suspect();
  if (suspect === null) return;
  throw new ListFileError(
    `列「${headers[suspect] ?? `${columnLetters(suspect)}列`}」は、マイナンバー（個人番号）のようです。マイナンバーの入ったファイルは読み込めません。この列を除いてから、もう一度選んでください。`,
    'myNumber',
  );
}

function readHeaders(first: ListRow | undefined): readonly string[] {
  const cells = first?.cells ?? [];
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  const names = cells.slice(0, last + 1).map((cell, column) => {
    const name = cell.replace(/\s+/g, ' ').trim();
    return name === '' ? `${columnLetters(column)}列` : name;
  });
  for (const [column, name] of names.entries()) {
    const earlier = names.indexOf(name);
    if (name.length > 200)
      throw new ListFileError(
        `${first?.rowNo ?? 1}行目の${columnLetters(column)}列の名前が長すぎます。1行目は列の名前にしてください。`,
      );
    if (earlier < column)
      throw new ListFileError(
        `列の名前「${name}」が2つあります（${columnLetters(earlier)}列と${columnLetters(column)}列）。どちらかの名前を変えてください。`,
      );
  }
  return names;
}
