import { zipped } from './zip.ts';

/** Rows that a sheet can have (ECMA-376 part 1, 18.3.1.73), the header among them. */
export const LARGEST_SHEET_ROWS = 1_048_576;
/** So much of the sheet is deflated at a time. */
const PIECE_CHARS = 200_000;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const FIXED_PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  // Style 1 is the format 'text' (49) with quotePrefix: a cell that begins with = stays text also when somebody edits it.
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="游ゴシック"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

/**
 * A workbook with one sheet, every cell a text: leading zeros stay, and nothing is ever calculated.
 * @param rows the header first, where there is one
 */
export async function* xlsxOf(
  sheetName: string,
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  const workbook = `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const parts = { ...FIXED_PARTS, 'xl/workbook.xml': workbook };
  yield* zipped([
    ...Object.entries(parts).map(([name, text]) => ({ name, content: [Buffer.from(XML + text)] })),
    { name: 'xl/worksheets/sheet1.xml', content: sheetOf(rows) },
  ]);
}

async function* sheetOf(
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  let piece = `${XML}<worksheet xmlns="${MAIN}"><sheetData>`;
  let rowNo = 0;
  for await (const cells of rows) {
    rowNo += 1;
    piece += `<row r="${rowNo}">${cells.map((cell, index) => cellOf(cell, rowNo, index)).join('')}</row>`;
    if (piece.length < PIECE_CHARS) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(`${piece}</sheetData></worksheet>`);
}

function cellOf(text: string, rowNo: number, index: number): string {
  if (text === '') return '';
  return `<c r="${columnName(index)}${rowNo}" s="1" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** 0 → A, 26 → AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML cannot hold is written as _xHHHH_ (ECMA-376 part 1, 22.9.2.19), and what looks like it is kept apart from it. */
const NOT_XML = /(?![\t\n])[\p{Cc}\uFFFE\uFFFF]/gu;
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/gu;

/** Nearly no cell has any of these: 1.7 million cells of 100,000 rows need one look instead of three. */
const SPECIAL = /[&<>"_\p{Cc}\uFFFE\uFFFF]/u;

function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(NOT_XML, (one) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/gu, (one) => MARKUP[one] ?? one);
}
