import type { RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import type { DueRecipient } from '../dialling/due-recipients.ts';
import { readPeople } from '../dialling/people-of-attempt.ts';
import { type CampaignSettings, readCampaignSettings } from '../settings.ts';

/** A call-back whose end is not written. */
export type OpenCallBack = {
  readonly callId: string;
  /** Null where what it takes is not there any more. */
  readonly campaign: {
    readonly campaignId: string;
    readonly bundleId: string;
    readonly bundle: RunnableFlow;
    readonly settings: CampaignSettings;
  } | null;
  readonly people: readonly DueRecipient[];
};

/** Call-backs that a telephone process has open, by its own records. */
export async function readOpenCallBacks(
  db: Database,
  callNode: string,
  bundleOf: (bundleId: string) => Promise<RunnableFlow | null>,
): Promise<readonly OpenCallBack[]> {
  const rows = await db
    .selectFrom('campaign_attempt as a')
    .innerJoin('campaign as c', 'c.campaign_id', 'a.campaign_id')
    .select(['a.attempt_id', 'a.campaign_id', 'a.recipient_id', 'a.bundle_id', 'c.settings'])
    .where('a.call_node', '=', callNode)
    .where('a.is_call_back', '=', true)
    .where('a.state', '=', 'talking')
    .execute();
  const open: OpenCallBack[] = [];
  for (const row of rows) {
    const { attempt_id: callId, campaign_id: campaignId, bundle_id: bundleId } = row;
    const bundle = bundleId === null ? null : await bundleOf(bundleId);
    const settings = readCampaignSettings(row.settings);
    open.push({
      callId,
      campaign: bundle === null || bundleId === null ? null : { campaignId, bundleId, bundle, settings },
      people: await readPeople(db, callId, row.recipient_id),
    });
  }
  return open;
}
