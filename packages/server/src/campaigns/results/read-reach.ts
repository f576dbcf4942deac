import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { Reach } from '../../http/campaign-result-contract.ts';
import { nameOfCampaign } from './campaign-gone.ts';

const PointSchema = z.object({
  at: z.date(),
  calls: z.int(),
  texts: z.int(),
  answered: z.int(),
  reached: z.int(),
  reachedSoFar: z.int(),
});

/** How far a campaign came by Japanese hours or days. @throws Refusal 404 */
export async function readReach(db: Database, campaignId: string, step: Reach['step']): Promise<Reach> {
  await nameOfCampaign(db, campaignId);
  const { recipients } = await db
    .selectFrom('campaign_recipient')
    .where('campaign_id', '=', campaignId)
    .select((select) => select.fn.countAll<number>().as('recipients'))
    .executeTakeFirstOrThrow();
  const { rows } = await sql`
    with happened as (
      select date_trunc(${step}, coalesce(dialled_at, reserved_at), 'Asia/Tokyo') as at,
        count(*) filter (where channel = 'call') as calls, count(*) filter (where channel = 'sms') as texts,
        count(*) filter (where answered_at is not null) as answered, 0 as reached
      from campaign_attempt where campaign_id = ${campaignId} and not is_call_back group by 1
      union all
      select date_trunc(${step}, settled_at, 'Asia/Tokyo'), 0, 0, 0, count(*)
      from campaign_recipient where campaign_id = ${campaignId} and settled_reason = 'reached' group by 1
    )
    select at, sum(calls)::integer as calls, sum(texts)::integer as texts, sum(answered)::integer as answered,
      sum(reached)::integer as reached, (sum(sum(reached)) over (order by at))::integer as "reachedSoFar"
    from happened group by at order by at`.execute(db);
  const points = z.array(PointSchema).parse(rows);
  return {
    step,
    recipients: Number(recipients),
    points: points.map(({ at, ...counts }) => ({ from: at.toISOString(), ...counts })),
  };
}
