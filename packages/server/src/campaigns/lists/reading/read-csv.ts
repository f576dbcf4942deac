import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { LIST_MAX_COLUMNS } from '../../../http/campaign-list-contract.ts';
import type { ListRow } from '../checks/row.ts';
import { ListFileError } from '../list-file-error.ts';
import { decoderOf, type ListEncoding, tooLong } from './text-encoding.ts';

/** Bytes that are decoded and parsed before others have their turn: some milliseconds. */
const PIECE_BYTES = 32 * 1024;
const ROWS_AT_ONCE = 250;
const LONGEST_ROW_CHARS = 100_000;
const RecordSchema = z.array(z.string());

/**
 * Reads a CSV file in groups of rows, in little memory whatever its size. Empty rows are counted and left away.
 * @param onRead told the bytes that were read so far.
 * @throws ListFileError where a row is too long or a quotation mark stands where none may.
 */
export async function* readCsv(
  path: string,
  encoding: ListEncoding,
  onRead: (bytes: number) => void,
): AsyncGenerator<readonly ListRow[]> {
  const parser = parse({
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: LONGEST_ROW_CHARS,
  });
  const decoder = decoderOf(encoding);
  async function* decode(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
    let bytes = 0;
    for await (const piece of pieces) {
      yield decoder.decode(piece, { stream: true });
      bytes += piece.length;
      onRead(bytes);
    }
    yield decoder.decode();
  }
  // What fails ends the parser with the error, which the loop below throws.
  pipeline(createReadStream(path, { highWaterMark: PIECE_BYTES }), decode, parser, () => undefined);
  let rowNo = 0;
  let rows: ListRow[] = [];
  try {
    for await (const record of parser) {
      rowNo++;
      const cells = RecordSchema.parse(record);
      if (cells.length > LIST_MAX_COLUMNS)
        throw new ListFileError(`${rowNo}行目の列が多すぎます。${LIST_MAX_COLUMNS}列までにしてください。`);
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ rowNo, cells });
      if (rows.length < ROWS_AT_ONCE) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? refusalOf(error) : error;
  }
  if (rows.length > 0) yield rows;
}

function refusalOf(error: CsvError): ListFileError {
  // Rows before it were still on their way when it ended the parser.
  const rowNo = typeof error['records'] === 'number' ? error['records'] + 1 : 1;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLong(rowNo);
  const column = typeof error['index'] === 'number' ? `の${error['index'] + 1}列目` : '';
  return new ListFileError(
    `${rowNo}行目${column}の「"」の使い方が正しくありません。「"」は値の前後に付け、値の中では2つ重ねてください。`,
  );
}
