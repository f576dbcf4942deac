import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { DialledCampaign } from './running-campaigns.ts';

/**
 * Calls of this time may come all at once. More than one process lets through by itself (`howMany`), or one whose reservations are late for a
 * moment would lose some of its rate.
 */
const BURST_S = 1;
/** An attempt is over by then, by its longest ringing and talk: one that is older was left open by a machine that never came back. */
const OVER_AFTER_MS = 2 * 3_600_000;

type Paced = Pick<DialledCampaign, 'campaignId' | 'settings'>;

/**
 * Whether a campaign may begin one more call, by what all telephone processes have begun: `atOnce` by their open attempts, `callsPerSecond` by
 * PostgreSQL's clock, which is one for all machines. In the transaction that reserves the attempt, which holds the campaign's row.
 */
export async function mayBeginCall(
  trx: Database,
  { campaignId, settings }: Paced,
  nowMs: number,
): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select c.next_call_at <= clock_timestamp() and ${settings.atOnce} > (
      select count(*) from campaign_attempt a
      where a.campaign_id = c.campaign_id and a.channel = 'call' and a.state in ('reserved', 'dialling', 'ringing', 'talking')
        and a.reserved_at > ${new Date(nowMs - OVER_AFTER_MS)}) as may
    from campaign c where c.campaign_id = ${campaignId}`.execute(trx);
  return rows[0]?.may === true;
}

/** Takes one call off the rate, in the same transaction: the generic cell rate algorithm (ITU-T I.371), one moment for each campaign. */
export async function countBegunCall(trx: Database, { campaignId, settings }: Paced): Promise<void> {
  await sql`
    update campaign
    set next_call_at = greatest(next_call_at, clock_timestamp() - make_interval(secs => ${BURST_S}))
      + make_interval(secs => ${1 / settings.callsPerSecond})
    where campaign_id = ${campaignId}`.execute(trx);
}
