import { readdir, rm, stat } from 'node:fs/promises';
import type { Database } from '../../database/index.ts';
import { exportsDir, folderOf } from './make-files.ts';

/** Files that are being made, or could not be, are in no ready export: their folder is left alone so long after its last change. */
const UNTOUCHED_MS = 24 * 3_600_000;

/**
 * Takes away the files of results whose time has passed, and folders that belong to no ready export (those of a crash, and of campaigns that are
 * gone). Rows stay, to say who made and who took what.
 * @param now wall time, ms
 */
export async function sweepResultFiles(db: Database, resultsDir: string, now: number): Promise<void> {
  await db
    .updateTable('result_export')
    .set({ files_gone_at: new Date(now) })
    .where('state', '=', 'ready')
    .where('files_gone_at', 'is', null)
    .where('files_until', '<', new Date(now))
    .execute();
  await sweepFolders(db, resultsDir, now);
}

async function sweepFolders(db: Database, resultsDir: string, now: number): Promise<void> {
  const folders = await readdir(exportsDir(resultsDir)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  if (folders.length === 0) return;
  const rows = await db
    .selectFrom('result_export')
    .select('export_id')
    .where('state', '=', 'ready')
    .where('files_gone_at', 'is', null)
    .where('export_id', 'in', folders)
    .execute();
  const kept = new Set(rows.map(({ export_id }) => export_id));
  for (const exportId of folders.filter((name) => !kept.has(name))) {
    const path = folderOf(resultsDir, exportId);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < now - UNTOUCHED_MS) await rm(path, { recursive: true, force: true });
  }
}
