import type { Database } from '../../database/index.ts';
import type { ResultPreview } from '../../http/campaign-result-contract.ts';
import { NotesOfFile } from './file-notes.ts';
import { readMapping } from './mappings.ts';
import { contactsOf, type ExportWish } from './order-export.ts';
import { headerRow, resultRows } from './result-rows.ts';

const FIRST_ROWS = 20;

/** Goes through all rows of a file without making it, so that staff know beforehand what would be replaced in it. @throws Refusal 404 */
export async function previewExport(db: Database, wish: ExportWish): Promise<ResultPreview> {
  const mapping = await readMapping(db, wish.mappingId);
  const contacts = await contactsOf(db, wish);
  const notes = new NotesOfFile(
    mapping.columns.map(({ header }) => header),
    mapping.hasHeader,
  );
  const headers = [...headerRow(mapping, notes)];
  const firstRows: string[][] = [];
  for await (const cells of resultRows(db, contacts, mapping, notes)) {
    if (firstRows.length < FIRST_ROWS) firstRows.push([...cells]);
  }
  return { headers, firstRows, notes: notes.notes() };
}
