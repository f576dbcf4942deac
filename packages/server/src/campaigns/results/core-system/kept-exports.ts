import { sql } from 'kysely';
import { readCursor, writeCursor } from '../../../calls/reading/index.ts';
import type { Database } from '../../../database/index.ts';
import type { CoreSystemExportList } from '../../../http/campaign-result-token-contract.ts';
import { readExports } from '../read-exports.ts';

const PAGE = 100;
export const CORE_SYSTEM_EXPORTS = '/api/core-system/result-exports';

/**
 * Exports whose files are kept, oldest first, as a core system sees them: without who made them.
 * @param after cursor of the page before. @throws Refusal 400
 */
export async function listKeptExports(
  db: Database,
  after: string | undefined,
): Promise<CoreSystemExportList> {
  let select = db
    .selectFrom('result_export')
    .select(['export_id', sql<string>`made_at::text`.as('made_at_exact')])
    .where('state', '=', 'ready')
    .where('files_gone_at', 'is', null);
  if (after !== undefined) {
    const [at, id] = readCursor(after);
    select = select.where((where) =>
      where(where.refTuple('made_at', 'export_id'), '>', where.tuple(sql<Date>`${at}::timestamptz`, id)),
    );
  }
  const rows = await select
    .orderBy('made_at')
    .orderBy('export_id')
    .limit(PAGE + 1)
    .execute();
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  const found = new Map(
    (await readExports(db, { exportIds: page.map(({ export_id }) => export_id) }, () => false)).map(
      (each) => [each.exportId, each],
    ),
  );
  return {
    exports: page.flatMap(({ export_id }) => {
      const one = found.get(export_id);
      if (one === undefined) return [];
      const { madeBy: _, state: _state, notes: _notes, filesAreGone: _gone, deliveries, ...told } = one;
      const dataName = one.files.find(({ kind }) => kind === 'data')?.name;
      const fetched = deliveries.filter(({ kind, note }) => kind === 'coreSystem' && note === dataName);
      return [
        {
          ...told,
          fetchedAt: fetched.at(-1)?.at ?? null,
          files: one.files.map((file) => ({
            ...file,
            url: `${CORE_SYSTEM_EXPORTS}/${encodeURIComponent(export_id)}/files/${file.kind}`,
          })),
        },
      ];
    }),
    next:
      rows.length > PAGE && last !== undefined
        ? `${CORE_SYSTEM_EXPORTS}?after=${encodeURIComponent(writeCursor(last.made_at_exact, last.export_id))}`
        : null,
  };
}
