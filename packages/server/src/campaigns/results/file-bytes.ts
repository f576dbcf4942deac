import type { ResultMappingDraft } from '../../http/campaign-result-contract.ts';
import { encodeCp932 } from './format/cp932.ts';
import { csvRow } from './format/csv.ts';
import { xlsxOf } from './format/xlsx.ts';

type FileShape = Pick<ResultMappingDraft, 'format' | 'encoding' | 'bom' | 'lineEnd'>;
type Rows = AsyncIterable<readonly string[]> | Iterable<readonly string[]>;

/** Written at a time. */
const PIECE_CHARS = 64_000;
const BYTE_ORDER_MARK = '\uFEFF';

/** The bytes of a file, piece by piece. @param rows the header first, where it has one; for CP932 only what can be written */
export async function* fileBytes(shape: FileShape, sheetName: string, rows: Rows): AsyncGenerator<Buffer> {
  if (shape.format === 'xlsx') return yield* xlsxOf(sheetName, rows);
  const encode = (text: string) =>
    shape.encoding === 'cp932' ? encodeCp932(text) : Buffer.from(text, 'utf8');
  const lineEnd = shape.lineEnd === 'crlf' ? '\r\n' : '\n';
  let piece = shape.encoding === 'utf8' && shape.bom ? BYTE_ORDER_MARK : '';
  for await (const cells of rows) {
    piece += csvRow(cells, lineEnd);
    if (piece.length < PIECE_CHARS) continue;
    yield encode(piece);
    piece = '';
  }
  yield encode(piece);
}
