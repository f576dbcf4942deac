import type { RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import type { DueRecipient } from '../dialling/due-recipients.ts';
import { readPeople } from '../dialling/people-of-attempt.ts';

/** A call-back whose end is not written. */
export type OpenCallBack = {
  readonly callId: string;
  /** Null where what it takes is not there any more. */
  readonly campaign: {
    readonly campaignId: string;
    readonly bundleId: string;
    readonly bundle: RunnableFlow;
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
    .selectFrom('campaign_attempt')
    .select(['attempt_id', 'campaign_id', 'recipient_id', 'bundle_id'])
    .where('call_node', '=', callNode)
    .where('is_call_back', '=', true)
    .where('state', '=', 'talking')
    .execute();
  const open: OpenCallBack[] = [];
  for (const { attempt_id: callId, campaign_id: campaignId, recipient_id, bundle_id: bundleId } of rows) {
    const bundle = bundleId === null ? null : await bundleOf(bundleId);
    open.push({
      callId,
      campaign: bundle === null || bundleId === null ? null : { campaignId, bundleId, bundle },
      people: await readPeople(db, callId, recipient_id),
    });
  }
  return open;
}
