import type { Database } from '../../database/index.ts';
import type { ResultMappingDraft, ResultPreview } from '../../http/campaign-result-contract.ts';
import { nameOfCampaign } from './campaign-gone.ts';
import { NotesOfFile } from './file-notes.ts';
import { headerRow, resultRows } from './result-rows.ts';

const SAMPLE_ROWS = 5;

/**
 * What a mapping that is being worked on makes of a campaign's last results, whether they were exported or not. Notes are of these rows alone.
 * @throws Refusal 404
 */
export async function previewMapping(
  db: Database,
  campaignId: string,
  mapping: ResultMappingDraft,
): Promise<ResultPreview> {
  await nameOfCampaign(db, campaignId);
  const notes = new NotesOfFile(
    mapping.columns.map(({ header }) => header),
    mapping.hasHeader,
  );
  const headers = [...headerRow(mapping, notes)];
  const firstRows: string[][] = [];
  const contacts = { type: 'last', campaignId, count: SAMPLE_ROWS } as const;
  for await (const cells of resultRows(db, contacts, mapping, notes)) firstRows.push([...cells]);
  return { headers, firstRows, notes: notes.notes() };
}
