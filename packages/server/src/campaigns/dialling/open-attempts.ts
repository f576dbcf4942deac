import type { RunnableFlow } from '@madoguchi/flow';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { DueRecipient } from './due-recipients.ts';
import { PEOPLE_OF_ATTEMPT, readPeople } from './people-of-attempt.ts';
import { type DialledCampaign, readCampaign } from './running-campaigns.ts';

/** An attempt whose end is not written. */
export type OpenAttempt = {
  readonly attemptId: string;
  /** False: it was reserved and no more. */
  readonly isDialled: boolean;
  /** Null where what it takes is not there any more. */
  readonly campaign: DialledCampaign | null;
  readonly recipient: DueRecipient | null;
  /** All who may be on the line, the recipient among them. */
  readonly people: readonly DueRecipient[];
};

/** Calls that a telephone process has placed for campaigns and has open, by its own records. */
export async function readOpenAttempts(
  db: Database,
  callNode: string,
  bundleOf: (bundleId: string) => Promise<RunnableFlow | null>,
): Promise<readonly OpenAttempt[]> {
  const rows = await db
    .selectFrom('campaign_attempt')
    .select(['attempt_id', 'campaign_id', 'recipient_id', 'state'])
    .where('call_node', '=', callNode)
    .where('is_call_back', '=', false)
    .where('state', 'in', ['reserved', 'dialling', 'ringing', 'talking'])
    .execute();
  const campaigns = new Map<string, DialledCampaign | null>();
  const open: OpenAttempt[] = [];
  for (const { attempt_id: attemptId, campaign_id: campaignId, recipient_id, state } of rows) {
    if (!campaigns.has(campaignId)) campaigns.set(campaignId, await readCampaign(db, campaignId, bundleOf));
    const people = await readPeople(db, attemptId, recipient_id);
    open.push({
      attemptId,
      isDialled: state !== 'reserved',
      campaign: campaigns.get(campaignId) ?? null,
      recipient: people.find(({ recipientId }) => recipientId === recipient_id) ?? null,
      people,
    });
  }
  return open;
}

/** Those that nobody wants any more: the campaign was stopped, or all for whom they are were taken off. What is talking goes on to its end. */
export async function readUnwantedAttempts(db: Database, callNode: string): Promise<readonly string[]> {
  const { rows } = await sql<{ attempt_id: string }>`
    select a.attempt_id from campaign_attempt a join campaign c using (campaign_id)
    where a.call_node = ${callNode} and a.state in ('dialling', 'ringing') and (c.state = 'ended' or not exists (
      select from ${PEOPLE_OF_ATTEMPT} people join campaign_recipient r using (recipient_id) where r.state <> 'removed'))`.execute(
    db,
  );
  return rows.map(({ attempt_id }) => attempt_id);
}
