import { BundleUnreadableError, loadPublished } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { addFlow } from './change-flow.ts';

/**
 * Gives every number whose version in force has no flow to edit yet the flows of that version as drafts: of a house that is older than the
 * studio, or of the samples. Versions that cannot be read are left as they are.
 */
export async function adoptPublished(db: Database, at: Date): Promise<void> {
  const rows = await db
    .selectFrom('phone_number as n')
    .innerJoin('flow_bundle as b', 'b.bundle_id', 'n.bundle_id')
    .select(['n.phone_number', 'b.bundle_id', 'b.bundle'])
    .where('n.flow_id', 'is', null)
    .orderBy('n.phone_number')
    .execute();
  for (const row of rows) {
    const bundle = readableBundle(row.bundle);
    if (bundle === null) continue;
    await db.transaction().execute(async (trx) => {
      for (const flow of Object.values(bundle.flows)) await addFlow(trx, flow, { personId: null, at });
      await trx
        .updateTable('phone_number')
        .set({ flow_id: bundle.entryFlowId })
        .where('phone_number', '=', row.phone_number)
        .execute();
      const newest = await trx
        .selectFrom('flow_bundle')
        .select((select) => select.fn.max('version_no').as('versionNo'))
        .where('flow_id', '=', bundle.entryFlowId)
        .executeTakeFirst();
      await trx
        .updateTable('flow_bundle')
        .set({ flow_id: bundle.entryFlowId, version_no: (newest?.versionNo ?? 0) + 1 })
        .where('bundle_id', '=', row.bundle_id)
        .where('flow_id', 'is', null)
        .execute();
    });
  }
}

function readableBundle(stored: unknown) {
  try {
    return loadPublished(stored).bundle;
  } catch (error) {
    if (error instanceof BundleUnreadableError) return null;
    throw error;
  }
}
