import type { RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { type CampaignSettings, CampaignSettingsSchema } from '../settings.ts';

/** What dialling needs to know of a campaign. */
export type DialledCampaign = {
  readonly campaignId: string;
  readonly settings: CampaignSettings;
  /** What was approved. */
  readonly bundleId: string;
  readonly bundle: RunnableFlow;
  /** Public number that recipients see. */
  readonly phoneNumber: string;
};

/**
 * The campaigns that run and call, sorted by id.
 * @param bundleOf reads a version; null where it is not there
 */
export async function readRunningCampaigns(
  db: Database,
  bundleOf: (bundleId: string) => Promise<RunnableFlow | null>,
): Promise<readonly DialledCampaign[]> {
  const rows = await selectCampaigns(db).where('state', '=', 'running').orderBy('campaign_id').execute();
  const campaigns = await Promise.all(rows.map((row) => campaignOf(row, bundleOf)));
  return campaigns.filter((each) => each !== null).filter(({ settings }) => settings.channels !== 'sms');
}

/** One campaign in whatever state, null where it has no version or number. */
export async function readCampaign(
  db: Database,
  campaignId: string,
  bundleOf: (bundleId: string) => Promise<RunnableFlow | null>,
): Promise<DialledCampaign | null> {
  const row = await selectCampaigns(db).where('campaign_id', '=', campaignId).executeTakeFirst();
  return row === undefined ? null : await campaignOf(row, bundleOf);
}

function selectCampaigns(db: Database) {
  return db.selectFrom('campaign').select(['campaign_id', 'settings', 'bundle_id', 'phone_number']);
}

async function campaignOf(
  row: {
    readonly campaign_id: string;
    readonly settings: unknown;
    readonly bundle_id: string | null;
    readonly phone_number: string | null;
  },
  bundleOf: (bundleId: string) => Promise<RunnableFlow | null>,
): Promise<DialledCampaign | null> {
  const { campaign_id: campaignId, bundle_id: bundleId, phone_number: phoneNumber } = row;
  if (bundleId === null || phoneNumber === null) return null;
  const bundle = await bundleOf(bundleId);
  const settings = CampaignSettingsSchema.parse(row.settings);
  return bundle === null ? null : { campaignId, settings, bundleId, bundle, phoneNumber };
}
