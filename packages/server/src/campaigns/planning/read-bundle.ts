import { type BundleDraft, BundleDraftSchema } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { assembleBundle } from '../../flows/index.ts';

/** A frozen scenario; null where there is none that can be read. */
export async function readBundle(db: Database, bundleId: string | null): Promise<BundleDraft | null> {
  if (bundleId === null) return null;
  const row = await db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirst();
  const bundle = BundleDraftSchema.safeParse(row?.bundle);
  return bundle.success ? bundle.data : null;
}

/** The scenario of a campaign: what was proposed last and is open or was dialled, else its draft of now. */
export async function scenarioOf(
  db: Database,
  campaign: {
    readonly campaign_id: string;
    readonly bundle_id: string | null;
    readonly flow_id: string | null;
  },
): Promise<BundleDraft | null> {
  const open = await db
    .selectFrom('campaign_proposal')
    .select('bundle_id')
    .where('campaign_id', '=', campaign.campaign_id)
    .where('state', 'in', ['waiting', 'approved'])
    .executeTakeFirst();
  const frozen = await readBundle(db, campaign.bundle_id ?? open?.bundle_id ?? null);
  if (frozen !== null || campaign.flow_id === null) return frozen;
  return await assembleBundle(db, campaign.flow_id, `draft:${campaign.flow_id}`);
}
