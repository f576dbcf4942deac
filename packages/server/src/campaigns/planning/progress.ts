import { sql } from 'kysely';
import { z } from 'zod';
import { readHolidays } from '../../calendars/index.ts';
import type { Database } from '../../database/index.ts';
import type { CampaignProgress } from '../../http/campaign-contract.ts';
import { readBudgetStanding } from '../cost/budget-standing.ts';
import { waitsForBudget } from '../cost/waits-for-budget.ts';
import { readCampaignSettings } from '../settings.ts';
import {
  AnsweredBySchema,
  AttemptOutcomeSchema,
  ChannelSchema,
  ContactResultSchema,
  SettledReasonSchema,
} from '../words.ts';
import { expectedEnd } from './expected-end.ts';
import type { PlanningParts } from './outlook.ts';
import { recipientCounts } from './read-campaigns.ts';
import { readSounds } from './sounds-shown.ts';
import { startAt } from './start-at.ts';

const OPEN = sql`('reserved', 'dialling', 'ringing', 'talking', 'sent')`;

/** How a campaign is getting on; null where there is none. */
export async function readProgress(
  { db, terms }: Pick<PlanningParts, 'db' | 'terms'>,
  campaignId: string,
  nowMs: number,
): Promise<CampaignProgress | null> {
  const campaign = await db
    .selectFrom('campaign')
    .select(['campaign_id', 'state', 'settings', 'department'])
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (campaign === undefined) return null;
  const [recipients, attempts, outcomes, answeredBy, results, settled, reach, holidays, sounds] =
    await Promise.all([
      recipientCounts(db, [campaignId]),
      attemptTotals(db, campaignId),
      outcomesOf(db, campaignId),
      answeredByOf(db, campaignId),
      resultsOf(db, campaignId),
      settledOf(db, campaignId),
      reachOf(db, campaignId),
      readHolidays(db),
      readSounds(db, campaignId),
    ]);
  const counts = recipients.get(campaignId) ?? { waiting: 0, inProgress: 0, done: 0, removed: 0 };
  const settings = readCampaignSettings(campaign.settings);
  const wait = campaign.state === 'running' ? await waitsForBudget(db, campaign, { terms, nowMs }) : null;
  const end =
    campaign.state === 'ended'
      ? { atMs: null, endsTooLate: false }
      : wait !== null
        ? { atMs: null, endsTooLate: settings.lastDay !== null && settings.lastDay < wait.until }
        : expectedEnd({
            settings,
            left: counts.waiting + counts.inProgress,
            settled: counts.done,
            tried: attempts.tried,
            callMs: attempts.callMs,
            nowMs: Math.max(nowMs, startAt(settings) ?? nowMs),
            holidays,
          });
  return {
    at: new Date(nowMs).toISOString(),
    state: campaign.state,
    recipients: counts,
    attempts: { tried: attempts.tried, open: attempts.open },
    outcomes,
    answeredBy,
    results,
    settled,
    reach,
    expectedEndAt: end.atMs === null ? null : new Date(end.atMs).toISOString(),
    endsTooLate: end.endsTooLate,
    sounds,
    budget: await readBudgetStanding(
      db,
      { campaignId, department: campaign.department, estimateYen: 0, firstDay: null },
      nowMs,
    ),
    waitsForBudget: wait,
  };
}

async function attemptTotals(db: Database, campaignId: string) {
  const { rows } = await sql`
    select count(*) filter (where not is_call_back) as tried, count(*) filter (where state in ${OPEN}) as open,
      avg(extract(epoch from ended_at - dialled_at) * 1000) filter (where channel = 'call' and ended_at > dialled_at)::float8 as "callMs"
    from campaign_attempt where campaign_id = ${campaignId}`.execute(db);
  const [totals] = z
    .array(z.object({ tried: z.int(), open: z.int(), callMs: z.number().nullable() }))
    .parse(rows);
  return totals ?? { tried: 0, open: 0, callMs: null };
}

async function outcomesOf(db: Database, campaignId: string) {
  const { rows } = await sql`
    select channel, outcome, count(*) as count from campaign_attempt
    where campaign_id = ${campaignId} and outcome is not null group by 1, 2 order by 3 desc, 1, 2`.execute(
    db,
  );
  return z
    .array(z.object({ channel: ChannelSchema, outcome: AttemptOutcomeSchema, count: z.int() }))
    .parse(rows);
}

async function answeredByOf(db: Database, campaignId: string) {
  const { rows } = await sql`
    select answered_by as "answeredBy", count(*) as count from campaign_attempt
    where campaign_id = ${campaignId} and answered_by is not null group by 1 order by 2 desc, 1`.execute(db);
  return z.array(z.object({ answeredBy: AnsweredBySchema, count: z.int() })).parse(rows);
}

async function resultsOf(db: Database, campaignId: string) {
  const { rows } = await sql`
    select result, count(*) as count from campaign_recipient
    where campaign_id = ${campaignId} and result is not null group by 1 order by 2 desc, 1`.execute(db);
  return z.array(z.object({ result: ContactResultSchema, count: z.int() })).parse(rows);
}

async function settledOf(db: Database, campaignId: string) {
  const { rows } = await sql`
    select settled_reason as reason, count(*) as count from campaign_recipient
    where campaign_id = ${campaignId} and settled_reason is not null group by 1 order by 2 desc, 1`.execute(
    db,
  );
  return z.array(z.object({ reason: SettledReasonSchema, count: z.int() })).parse(rows);
}

/** By hours of Japanese time: whole hours everywhere. */
async function reachOf(db: Database, campaignId: string) {
  const { rows } = await sql`
    select hour, sum(tried)::int as tried, sum(answered)::int as answered, sum(reached)::int as reached from (
      select date_trunc('hour', reserved_at) as hour, 1 as tried,
        (answered_at is not null or outcome = 'smsDelivered')::int as answered, 0 as reached
      from campaign_attempt where campaign_id = ${campaignId} and not is_call_back
      union all
      select date_trunc('hour', settled_at), 0, 0, 1
      from campaign_recipient where campaign_id = ${campaignId} and settled_reason = 'reached'
    ) moment
    group by hour order by hour`.execute(db);
  return z
    .array(
      z.object({
        hour: z.date().transform((hour) => hour.toISOString()),
        tried: z.int(),
        answered: z.int(),
        reached: z.int(),
      }),
    )
    .parse(rows);
}
