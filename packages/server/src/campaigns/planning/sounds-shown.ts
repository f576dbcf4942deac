import type { Database } from '../../database/index.ts';
import type { CampaignSounds } from '../../http/campaign-contract.ts';

const NOT_ORDERED: CampaignSounds = {
  state: 'notOrdered',
  done: 0,
  total: 0,
  secondsLeft: null,
  failedBecause: null,
};

/** How far the sounds of a campaign are made. */
export async function readSounds(db: Database, campaignId: string): Promise<CampaignSounds> {
  const row = await db
    .selectFrom('campaign_sounds')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (row === undefined) return NOT_ORDERED;
  const isReady = row.ready_at !== null;
  return {
    state:
      row.failed_because !== null
        ? 'failed'
        : isReady
          ? 'ready'
          : row.round_begun_at === null
            ? 'waiting'
            : 'making',
    done: row.done,
    total: row.total,
    secondsLeft:
      isReady || row.ms_each === null ? null : Math.ceil(((row.total - row.done) * row.ms_each) / 1000),
    failedBecause: row.failed_because,
  };
}
