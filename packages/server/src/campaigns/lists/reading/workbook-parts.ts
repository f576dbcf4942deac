import { posix } from 'node:path';
import { ListFileError } from '../list-file-error.ts';
import { type CellFormat, formatOf } from './cell-format.ts';
import { broken, type Workbook } from './open-workbook.ts';
import { readXml, type XmlHandlers } from './read-xml.ts';

const WORKBOOK = 'xl/workbook.xml';
const STYLES = 'xl/styles.xml';
/** Texts of a list of 200,000 people are below; they lie in memory while the sheet is read. */
const STRINGS_MAX_CHARS = 60_000_000;

async function readPart(workbook: Workbook, name: string, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(await workbook.open(name), handlers));
}

/** Names of the parts of a workbook that matter (ECMA-376 Part 1, 12.3): its first sheet that is shown, and whether its days count from 1904. */
export async function findSheet(
  workbook: Workbook,
): Promise<{ sheet: string; strings: string | null; from1904: boolean }> {
  if (!workbook.has(WORKBOOK)) throw broken();
  let sheetId: string | null = null;
  let from1904 = false;
  await readPart(workbook, WORKBOOK, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
      const isShown = (attribute('state') ?? 'visible') === 'visible';
      if (name === 'sheet' && sheetId === null && isShown) sheetId = attribute('r:id') ?? null;
    },
  });
  let sheet: string | null = null;
  let strings: string | null = null;
  await readPart(workbook, 'xl/_rels/workbook.xml.rels', {
    open(name, attribute) {
      if (name !== 'Relationship') return;
      const target = posix.resolve('/xl', attribute('Target') ?? '').slice(1);
      if (attribute('Id') === sheetId) sheet = target;
      if (attribute('Type')?.endsWith('/sharedStrings')) strings = target;
    },
  });
  if (sheet === null || !workbook.has(sheet)) throw broken();
  return { sheet, strings: strings !== null && workbook.has(strings) ? strings : null, from1904 };
}

/** The texts that cells point to. Their ruby (rPh), which Excel keeps of what was typed, is no part of them. */
export async function readStrings(workbook: Workbook, name: string): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let chars = 0;
  let inText = false;
  let inRuby = false;
  await readPart(workbook, name, {
    open(tag) {
      if (tag === 'si') text = '';
      if (tag === 'rPh') inRuby = true;
      if (tag === 't') inText = !inRuby;
    },
    close(tag) {
      if (tag === 't') inText = false;
      if (tag === 'rPh') inRuby = false;
      if (tag === 'si') strings.push(text);
    },
    text(piece) {
      if (!inText) return;
      text += piece;
      chars += piece.length;
      if (chars > STRINGS_MAX_CHARS)
        throw new ListFileError('Excelのファイルの文字が多すぎます。必要な行と列だけにしてください。');
    },
  });
  return strings;
}

/** How the numbers of cells are shown, by the number of their style. */
export async function readFormats(workbook: Workbook): Promise<readonly CellFormat[]> {
  if (!workbook.has(STYLES)) return [];
  const codes = new Map<string, string>();
  const formats: CellFormat[] = [];
  let inCellStyles = false;
  await readPart(workbook, STYLES, {
    open(tag, attribute) {
      if (tag === 'numFmt') codes.set(attribute('numFmtId') ?? '', attribute('formatCode') ?? '');
      if (tag === 'cellXfs') inCellStyles = true;
      if (tag !== 'xf' || !inCellStyles) return;
      const id = attribute('numFmtId') ?? '0';
      formats.push(formatOf(Number(id), codes.get(id)));
    },
    close(tag) {
      if (tag === 'cellXfs') inCellStyles = false;
    },
  });
  return formats;
}
