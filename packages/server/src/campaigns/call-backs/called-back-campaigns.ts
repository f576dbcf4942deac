import type { RunnableFlow } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { type CampaignSettings, CampaignSettingsSchema } from '../settings.ts';

/** A campaign whose people may call back. */
export type CalledBackCampaign = {
  readonly campaignId: string;
  readonly phoneNumber: string;
  readonly settings: CampaignSettings;
  /** What they hear. */
  readonly bundleId: string;
  readonly bundle: RunnableFlow;
};

const DAY_MS = 86_400_000;
/** `callBackDays` at most. */
const LONGEST_DAYS = 90;

const RowSchema = z.object({
  campaignId: z.string(),
  phoneNumber: z.string(),
  settings: CampaignSettingsSchema,
  bundleId: z.string(),
  contactedAt: z.date(),
});

/**
 * Campaigns of which anybody may call back now: also those that have ended by themselves, not those that staff stopped. Costs a look at an index
 * for each campaign of the last months.
 * @param bundleOf reads a version; null where it is not there
 */
export async function readCalledBackCampaigns(
  db: Database,
  nowMs: number,
  bundleOf: (bundleId: string) => Promise<RunnableFlow | null>,
): Promise<readonly CalledBackCampaign[]> {
  const { rows } = await sql`
    select c.campaign_id as "campaignId", c.phone_number as "phoneNumber", c.settings,
      coalesce(c.call_back_bundle_id, c.bundle_id) as "bundleId", contacted.at as "contactedAt"
    from campaign c
    cross join lateral (
      select a.reserved_at as at from campaign_attempt a
      where a.campaign_id = c.campaign_id and not a.is_call_back order by a.reserved_at desc limit 1) contacted
    where c.state in ('running', 'paused', 'ended') and c.ended_because is distinct from 'stopped'
      and (c.ended_at is null or c.ended_at > ${new Date(nowMs - (LONGEST_DAYS + 1) * DAY_MS)})
      and c.phone_number is not null and coalesce(c.call_back_bundle_id, c.bundle_id) is not null
    order by c.campaign_id`.execute(db);
  const open = z
    .array(RowSchema)
    .parse(rows)
    .filter(({ settings, contactedAt }) => isInPeriod(settings, contactedAt.getTime(), nowMs));
  const campaigns = await Promise.all(
    open.map(async ({ contactedAt: _, ...campaign }) => {
      const bundle = await bundleOf(campaign.bundleId);
      return bundle === null ? null : { ...campaign, bundle };
    }),
  );
  return campaigns.filter((each) => each !== null);
}

/** Whether who was last called or written to then (ms since the epoch) may still call back. */
export function isInPeriod(
  { callBackDays }: Pick<CampaignSettings, 'callBackDays'>,
  contactedAtMs: number,
  nowMs: number,
): boolean {
  return nowMs < contactedAtMs + callBackDays * DAY_MS;
}
