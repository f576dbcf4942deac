import type { HolidaySet } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import { mayDo, type Role } from '../../accounts/index.ts';
import { readHolidays } from '../../calendars/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import { whyNotDecide } from '../../flows/publishing/may-decide.ts';
import type { CampaignDetail, CampaignSummary } from '../../http/campaign-contract.ts';
import { mayCallAt } from '../pacing/may-call-at.ts';
import { readCampaignSettings } from '../settings.ts';
import { AttemptOutcomeSchema } from '../words.ts';
import { GONE } from './deed.ts';
import { actionsFor } from './running.ts';
import { readSounds } from './sounds-shown.ts';
import { startAt } from './start-at.ts';

export type Looker = { readonly userId: string; readonly role: Role };

const MOST = 200;

/** Campaigns that are still something to do, or that have ended; newest first. */
export async function listCampaigns(
  db: Database,
  { state, department }: { readonly state: 'open' | 'ended'; readonly department?: string | undefined },
  looker: Looker,
  nowMs: number,
): Promise<CampaignSummary[]> {
  const rows = await campaigns(db)
    .where('c.state', state === 'ended' ? '=' : '<>', 'ended')
    .$if(department !== undefined, (query) => query.where('c.department', '=', department ?? ''))
    .orderBy('c.created_at', 'desc')
    .limit(MOST)
    .execute();
  return await summaries(db, rows, looker, nowMs);
}

/** One campaign with what this person may do; null where there is none. */
export async function readCampaign(
  db: Database,
  campaignId: string,
  looker: Looker,
  nowMs: number,
): Promise<CampaignDetail | null> {
  const row = await campaigns(db).where('c.campaign_id', '=', campaignId).executeTakeFirst();
  if (row === undefined) return null;
  const [summary] = await summaries(db, [row], looker, nowMs);
  if (summary === undefined) return null;
  const proposal = await db
    .selectFrom('campaign_proposal')
    .select(['proposal_id', 'drafted_by', 'state'])
    .where('campaign_id', '=', campaignId)
    .orderBy('drafted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    ...summary,
    draft: {
      name: row.name,
      kind: row.kind,
      flowId: row.flow_id,
      phoneNumber: row.phone_number,
      department: row.department,
      settings: readCampaignSettings(row.settings),
    },
    version: row.version,
    flowName: row.flow_name,
    createdBy: { personId: row.created_by, name: row.creator_name ?? GONE },
    sounds: await readSounds(db, campaignId),
    proposalId: proposal?.proposal_id ?? null,
    may: [
      ...actionsFor(row.state, (right) => mayDo(looker.role, right), {
        isDrafter: proposal?.drafted_by === looker.userId,
      }),
      ...(summary.waitsForMe ? (['decide'] as const) : []),
    ],
  };
}

function campaigns(db: Database) {
  return db
    .selectFrom('campaign as c')
    .leftJoin('phone_number as n', 'n.phone_number', 'c.phone_number')
    .leftJoin('flow as f', 'f.flow_id', 'c.flow_id')
    .leftJoin('person as creator', 'creator.id', 'c.created_by')
    .leftJoin('person as changer', 'changer.id', 'c.changed_by')
    .selectAll('c')
    .select([
      'n.name as number_name',
      'f.name as flow_name',
      'creator.name as creator_name',
      'changer.name as changer_name',
    ]);
}
type Row = Awaited<ReturnType<ReturnType<typeof campaigns>['executeTakeFirstOrThrow']>>;

async function summaries(
  db: Database,
  rows: readonly Row[],
  looker: Looker,
  nowMs: number,
): Promise<CampaignSummary[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.campaign_id);
  const [recipients, outcomes, waiting, holidays] = await Promise.all([
    recipientCounts(db, ids),
    outcomeCounts(db, ids),
    waitingFor(db, ids, looker),
    readHolidays(db),
  ]);
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    endedBecause: row.ended_because,
    number:
      row.phone_number === null
        ? null
        : {
            phoneNumber: row.phone_number,
            shown: showNumber(row.phone_number),
            name: row.number_name ?? '',
          },
    department: row.department,
    recipients: recipients.get(row.campaign_id) ?? NOBODY,
    outcomes: outcomes.filter((each) => each.campaignId === row.campaign_id).map(countOf),
    nextAt: nextMoment(row, nowMs, holidays),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    changedBy: { personId: row.changed_by, name: row.changer_name ?? GONE },
    waitsForMe: waiting.has(row.campaign_id),
  }));
}

const NOBODY = { waiting: 0, inProgress: 0, done: 0, removed: 0 } as const;
export type RecipientCounts = { waiting: number; inProgress: number; done: number; removed: number };

/** Recipients by state, for each campaign that has any. */
export async function recipientCounts(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecipientCounts>> {
  const { rows } = await sql`
    select campaign_id as "campaignId",
      count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'inProgress') as "inProgress",
      count(*) filter (where state = 'done') as done, count(*) filter (where state = 'removed') as removed
    from campaign_recipient where campaign_id = any(${ids}) group by 1`.execute(db);
  const counted = z
    .array(
      z.object({
        campaignId: z.string(),
        waiting: z.int(),
        inProgress: z.int(),
        done: z.int(),
        removed: z.int(),
      }),
    )
    .parse(rows);
  return new Map(counted.map(({ campaignId, ...counts }) => [campaignId, counts]));
}

async function outcomeCounts(db: Database, ids: readonly string[]) {
  const { rows } = await sql`
    select campaign_id as "campaignId", outcome, count(*) as count from campaign_attempt
    where campaign_id = any(${ids}) and outcome is not null group by 1, 2 order by 3 desc, 2`.execute(db);
  return z
    .array(z.object({ campaignId: z.string(), outcome: AttemptOutcomeSchema, count: z.int() }))
    .parse(rows);
}

function countOf({ outcome, count }: Awaited<ReturnType<typeof outcomeCounts>>[number]) {
  return { outcome, count };
}

/** Those whose proposal this person may decide on now. */
async function waitingFor(
  db: Database,
  ids: readonly string[],
  looker: Looker,
): Promise<ReadonlySet<string>> {
  if (!mayDo(looker.role, 'approveCampaigns')) return new Set();
  const rows = await db
    .selectFrom('campaign_proposal as p')
    .leftJoin('campaign_decision as d', 'd.proposal_id', 'p.proposal_id')
    .select(['p.campaign_id', 'p.drafted_by', 'p.state', 'd.decided_by'])
    .where('p.campaign_id', 'in', [...ids])
    .where('p.state', '=', 'waiting')
    .execute();
  const mine = [...Map.groupBy(rows, (row) => row.campaign_id)].filter(([, own]) => {
    const [first] = own;
    if (first === undefined) return false;
    const deciders = own.flatMap((row) => row.decided_by ?? []);
    return (
      whyNotDecide({ draftedBy: first.drafted_by, state: first.state, deciders }, looker.userId) === null
    );
  });
  return new Set(mine.map(([campaignId]) => campaignId));
}

function nextMoment(row: Row, nowMs: number, holidays: HolidaySet): string | null {
  const settings = readCampaignSettings(row.settings);
  if (row.state === 'approved') return moment(startAt(settings));
  if (row.state !== 'running') return null;
  const may = mayCallAt(settings, nowMs, holidays);
  return may.allowed ? null : moment(may.nextAtMs);
}

function moment(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
