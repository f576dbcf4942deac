import { BundleDraftSchema, difference } from '@madoguchi/flow';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { VersionList } from '../../http/publish-contract.ts';
import { assembleBundle } from '../drafts/assemble.ts';
import { readingChanges } from '../version-readings.ts';

const GONE = '登録のない職員';

/** A flow's published versions, newest first, and who follows which. */
export async function listVersions(db: Database, flowId: string): Promise<VersionList['versions']> {
  const versions = await db
    .selectFrom('flow_bundle as b')
    .leftJoin('person', 'person.id', 'b.published_by')
    .select(['b.bundle_id', 'b.version_no', 'b.comment', 'b.published_at', 'b.published_by', 'person.name'])
    .where('b.flow_id', '=', flowId)
    .where('b.version_no', 'is not', null)
    .orderBy('b.version_no', 'desc')
    .execute();
  const numbers = (
    await db
      .selectFrom('phone_number')
      .select(['phone_number', 'name', 'bundle_id'])
      .where('flow_id', '=', flowId)
      .orderBy('phone_number')
      .execute()
  ).map((row) => ({
    number: { phoneNumber: row.phone_number, shown: showNumber(row.phone_number), name: row.name },
    bundleId: row.bundle_id,
  }));
  return versions.map((row) => ({
    bundleId: row.bundle_id,
    versionNo: row.version_no ?? 0,
    comment: row.comment,
    publishedAt: row.published_at.toISOString(),
    publishedBy: row.published_by === null ? null : { personId: row.published_by, name: row.name ?? GONE },
    inForceFor: numbers.filter((each) => each.bundleId === row.bundle_id).map(({ number }) => number),
    couldServe: numbers.filter((each) => each.bundleId !== row.bundle_id).map(({ number }) => number),
  }));
}

/** What is otherwise in the newer version (null: the draft) than in the older; null where one of them is not there. */
export async function versionDifference(
  db: Database,
  flowId: string,
  { older, newer }: { readonly older: string; readonly newer: string | null },
) {
  const before = await version(older);
  const after = newer === null ? await assembleBundle(db, flowId, `draft:${flowId}`) : await version(newer);
  if (before === null || after === null) return null;
  return { changes: difference(before, after), readings: readingChanges(before, after) };

  async function version(bundleId: string) {
    const row = await db
      .selectFrom('flow_bundle')
      .select('bundle')
      .where('bundle_id', '=', bundleId)
      .where('flow_id', '=', flowId)
      .where('version_no', 'is not', null)
      .executeTakeFirst();
    const bundle = BundleDraftSchema.safeParse(row?.bundle);
    return bundle.success ? bundle.data : null;
  }
}
