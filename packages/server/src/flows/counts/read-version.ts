import { BundleUnreadableError, loadPublished, type RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';

export type KeptVersion = {
  readonly versionNo: number;
  readonly publishedAt: Date;
  readonly bundle: RunnableFlow;
};

/** A published version of a flow; null where it is none of its, or cannot be read. */
export async function readVersion(
  db: Database,
  flowId: string,
  bundleId: string,
): Promise<KeptVersion | null> {
  const row = await db
    .selectFrom('flow_bundle')
    .select(['bundle', 'version_no', 'published_at'])
    .where('bundle_id', '=', bundleId)
    .where('flow_id', '=', flowId)
    .executeTakeFirst();
  if (row === undefined || row.version_no === null) return null;
  try {
    return { versionNo: row.version_no, publishedAt: row.published_at, bundle: loadPublished(row.bundle) };
  } catch (error) {
    if (error instanceof BundleUnreadableError) return null;
    throw error;
  }
}
