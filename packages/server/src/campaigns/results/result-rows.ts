import type { Database } from '../../database/index.ts';
import type { ResultMappingDraft } from '../../http/campaign-result-contract.ts';
import { cellsOf, NO_DETAILS, wantsDetails } from './cells.ts';
import { readDetails } from './contact-details.ts';
import type { NotesOfFile } from './file-notes.ts';
import { harmless, isFormulaLike } from './format/formula-like.ts';
import { withSubstitutes } from './format/substitutes.ts';
import { type Contacts, readContacts } from './read-contacts.ts';

/**
 * The rows of a file as its reader will have them, without the header: with substitutes where CP932 lacks a character, and with formulas made
 * harmless in CSV files that people open. What was done to them is noted. Nothing but one page of them is held.
 */
export async function* resultRows(
  db: Database,
  contacts: Contacts,
  mapping: ResultMappingDraft,
  notes: NotesOfFile,
): AsyncGenerator<readonly string[]> {
  const isDetailed = wantsDetails(mapping);
  for await (const page of readContacts(db, contacts)) {
    const details = isDetailed
      ? await readDetails(
          db,
          page.map(({ attemptId }) => attemptId),
        )
      : null;
    for (const contact of page) {
      const cells = cellsOf(contact, details?.get(contact.attemptId) ?? NO_DETAILS, mapping);
      yield cells.map((cell, column) => written(cell, column, mapping, notes));
      notes.rowIsOver();
    }
  }
}

function written(cell: string, column: number, mapping: ResultMappingDraft, notes: NotesOfFile): string {
  notes.cell(column, cell);
  if (mapping.format === 'xlsx') return cell;
  if (isFormulaLike(cell)) notes.formulaLike(column);
  const safe = mapping.reader === 'spreadsheet' ? harmless(cell) : cell;
  if (mapping.encoding === 'utf8') return safe;
  const { text, replaced } = withSubstitutes(safe, mapping.substitutes);
  notes.replaced(column, replaced);
  return text;
}

/** The header as the file has it. */
export function headerRow(mapping: ResultMappingDraft, notes: NotesOfFile): readonly string[] {
  return mapping.columns.map(({ header }, column) => {
    if (mapping.format === 'xlsx' || mapping.encoding === 'utf8') return header;
    const { text, replaced } = withSubstitutes(header, mapping.substitutes);
    if (mapping.hasHeader) notes.replaced(column, replaced, { inHeader: true });
    return text;
  });
}
