import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import {
  type ResultExport,
  ResultMappingDraftSchema,
  ResultPreviewSchema,
} from '../../http/campaign-result-contract.ts';
import { StoredFileSchema } from './make-files.ts';
import { exportGone } from './order-export.ts';

/** Stands for somebody whose account is gone: what they did stays. */
const GONE = '登録のない職員';

const NotesSchema = ResultPreviewSchema.shape.notes.nullable();
const FilesSchema = z.array(StoredFileSchema);

/**
 * Exports, newest first. @param isBeingMade whether this process makes its files now: one that nobody makes, and that is not ready, was left behind
 * by a crash.
 */
export async function readExports(
  db: Database,
  which: { readonly campaignId: string } | { readonly exportIds: readonly string[] },
  isBeingMade: (exportId: string) => boolean,
): Promise<ResultExport[]> {
  let select = db
    .selectFrom('result_export as e')
    .innerJoin('campaign as c', 'c.campaign_id', 'e.campaign_id')
    .leftJoin('person as p', 'p.id', 'e.made_by')
    .leftJoin('result_export as o', 'o.export_id', 'e.repeats')
    .selectAll('e')
    .select(['c.name as campaign_name', 'p.name as person', 'o.export_no as repeated_no']);
  select =
    'campaignId' in which
      ? select.where('e.campaign_id', '=', which.campaignId)
      : select.where('e.export_id', '=', sql<string>`any(${which.exportIds})`);
  const rows = await select.orderBy('e.export_no', 'desc').execute();
  const deliveries = await deliveriesOf(
    db,
    rows.map((row) => row.export_id),
  );
  return rows.map((row) => {
    const { format, encoding } = ResultMappingDraftSchema.parse(row.mapping);
    return {
      exportId: row.export_id,
      campaignId: row.campaign_id,
      campaignName: row.campaign_name,
      exportNo: row.export_no,
      repeats: row.repeats === null ? null : { exportId: row.repeats, exportNo: row.repeated_no ?? 0 },
      repeatReason: row.repeat_reason,
      state: row.state === 'making' && !isBeingMade(row.export_id) ? 'failed' : row.state,
      mappingName: row.mapping_name,
      format,
      encoding,
      madeAt: row.made_at.toISOString(),
      madeBy: { personId: row.made_by, name: row.person ?? GONE },
      attempts: row.attempts,
      filesUntil: row.files_until?.toISOString() ?? null,
      filesAreGone: row.files_gone_at !== null,
      notes: NotesSchema.parse(row.notes),
      files: FilesSchema.parse(row.files).map((file) => ({
        ...file,
        url: `/api/result-exports/${encodeURIComponent(row.export_id)}/files/${file.kind}`,
      })),
      deliveries: deliveries(row.export_id),
    };
  });
}

/** @throws Refusal 404 */
export async function readExport(
  db: Database,
  exportId: string,
  isBeingMade: (exportId: string) => boolean,
): Promise<ResultExport> {
  const [found] = await readExports(db, { exportIds: [exportId] }, isBeingMade);
  if (found === undefined) throw exportGone();
  return found;
}

async function deliveriesOf(
  db: Database,
  exportIds: readonly string[],
): Promise<(exportId: string) => ResultExport['deliveries']> {
  if (exportIds.length === 0) return () => [];
  const rows = await db
    .selectFrom('result_delivery as d')
    .leftJoin('person as p', 'p.id', 'd.by_person')
    .leftJoin('result_token as t', 't.token_id', 'd.by_token')
    .select((select) => [
      'd.export_id',
      'd.kind',
      'd.note',
      'd.at',
      select.fn.coalesce('d.by_person', 'd.by_token').as('by'),
      select.fn.coalesce('p.name', 't.name').as('name'),
    ])
    .where('d.export_id', 'in', exportIds)
    .orderBy('d.delivery_id')
    .execute();
  const byExport = Map.groupBy(rows, ({ export_id }) => export_id);
  return (exportId) =>
    (byExport.get(exportId) ?? []).map((row) => ({
      kind: row.kind,
      at: row.at.toISOString(),
      by: { personId: row.by ?? '', name: row.name ?? GONE },
      note: row.note,
    }));
}
