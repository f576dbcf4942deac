import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { type ResultMappingDraft, ResultMappingDraftSchema } from '../../http/campaign-result-contract.ts';
import { codeTable } from './codes.ts';
import { fileBytes } from './file-bytes.ts';
import { type FileNotes, NotesOfFile } from './file-notes.ts';
import { withSubstitutes } from './format/substitutes.ts';
import { exportGone } from './order-export.ts';
import type { Contacts } from './read-contacts.ts';
import { headerRow, resultRows } from './result-rows.ts';
import { writeWholeFile } from './whole-file.ts';

/** A file of an export, as it lies in the export's folder. */
export const StoredFileSchema = z.object({
  kind: z.enum(['data', 'codes', 'manifest']),
  name: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  rows: z.int().nullable(),
});
export type StoredFile = z.infer<typeof StoredFileSchema>;

/** Shape of the manifest; raised when its fields change. */
const MANIFEST_VERSION = 2;

/** Folder with a folder for each export, by its id. */
export function exportsDir(resultsDir: string): string {
  return join(resultsDir, 'exports');
}

export function folderOf(resultsDir: string, exportId: string): string {
  return join(exportsDir(resultsDir), exportId);
}

/**
 * Writes the files of an ordered export: the results, the table of codes, and the manifest that names both with their SHA-256. Made again they are
 * the same, since the attempts, which have ended, and the mapping stand as they were ordered.
 * @param until when they are taken away again (sweep-result-files.ts)
 */
export async function makeFiles(
  db: Database,
  resultsDir: string,
  { exportId, until }: { readonly exportId: string; readonly until: Date },
): Promise<void> {
  const row = await db
    .selectFrom('result_export as e')
    .innerJoin('campaign as c', 'c.campaign_id', 'e.campaign_id')
    .leftJoin('person as p', 'p.id', 'e.made_by')
    .leftJoin('result_export as o', 'o.export_id', 'e.repeats')
    .selectAll('e')
    .select(['c.name as campaign_name', 'p.name as person', 'o.export_no as repeated_no'])
    .where('e.export_id', '=', exportId)
    .executeTakeFirst();
  if (row === undefined) throw exportGone();
  const mapping = ResultMappingDraftSchema.parse(row.mapping);
  const folder = folderOf(resultsDir, exportId);
  const stem = `results-${dayOf(row.made_at)}-${exportId.slice(0, 8)}${row.repeats === null ? '' : '-again'}`;
  const notes = new NotesOfFile(
    mapping.columns.map(({ header }) => header),
    mapping.hasHeader,
  );
  const contacts: Contacts = { type: 'ofExport', exportId: row.repeats ?? exportId };
  const dataName = `${stem}.${mapping.format}`;
  const data = await writeWholeFile(
    join(folder, dataName),
    fileBytes(mapping, '結果', withHeader(db, contacts, mapping, notes)),
  );
  const said = notes.notes();
  if (said.rows !== row.attempts) throw new Error('a result file has not the rows that were ordered');
  const codes = codeRows(mapping);
  const codesName = `${stem}-codes.${mapping.format}`;
  const codesWritten = await writeWholeFile(join(folder, codesName), fileBytes(mapping, 'コード表', codes));
  const files: StoredFile[] = [
    { kind: 'data', name: dataName, rows: said.rows, ...data },
    { kind: 'codes', name: codesName, rows: codes.length - 1, ...codesWritten },
  ];
  const manifest = {
    manifestVersion: MANIFEST_VERSION,
    exportId,
    exportNo: row.export_no,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    repeats:
      row.repeats === null
        ? null
        : { exportId: row.repeats, exportNo: row.repeated_no, reason: row.repeat_reason },
    madeAt: row.made_at.toISOString(),
    madeBy: row.person,
    mapping: mapping.name,
    format: mapping.format,
    encoding: mapping.format === 'xlsx' ? null : mapping.encoding,
    hasHeader: mapping.hasHeader,
    substitutedCharacters: said.substitutionCount,
    formulaLikeCells: said.formulaLikeCount,
    files: files.map(({ name, sha256, bytes, rows }) => ({ name, sha256, bytes, rows })),
  };
  const manifestName = `${stem}-manifest.json`;
  const manifestWritten = await writeWholeFile(join(folder, manifestName), [
    Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  ]);
  files.push({ kind: 'manifest', name: manifestName, rows: null, ...manifestWritten });
  await settle(db, { exportId, until }, said, files);
}

/** Japanese, '20260131'. */
function dayOf(at: Date): string {
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO('Asia/Tokyo')
    .toPlainDate();
  return day.toString().replaceAll('-', '');
}

async function settle(
  db: Database,
  { exportId, until }: { readonly exportId: string; readonly until: Date },
  notes: FileNotes,
  files: readonly StoredFile[],
): Promise<void> {
  await db
    .updateTable('result_export')
    .set({ state: 'ready', notes: JSON.stringify(notes), files: JSON.stringify(files), files_until: until })
    .where('export_id', '=', exportId)
    .execute();
}

async function* withHeader(
  db: Database,
  contacts: Contacts,
  mapping: ResultMappingDraft,
  notes: NotesOfFile,
): AsyncGenerator<readonly string[]> {
  const header = headerRow(mapping, notes);
  if (mapping.hasHeader) yield header;
  yield* resultRows(db, contacts, mapping, notes);
}

/** The table of codes as the core system's own codes have it. */
function codeRows({
  codes,
  substitutes,
  format,
  encoding,
}: ResultMappingDraft): readonly (readonly string[])[] {
  const isLimited = format === 'csv' && encoding === 'cp932';
  const rows = codeTable().map(({ kind, code, label }) => [
    kind === 'means' ? '手段' : '結果コード',
    Object.hasOwn(codes, code) ? (codes[code] ?? code) : code,
    label,
  ]);
  return [['区分', 'コード', '内容'], ...rows].map((cells) =>
    isLimited ? cells.map((cell) => withSubstitutes(cell, substitutes).text) : cells,
  );
}
