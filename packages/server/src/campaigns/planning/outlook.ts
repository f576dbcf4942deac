import {
  type BundleDraft,
  changedTexts,
  checkCampaignSms,
  checkCampaignUse,
  makeRunnable,
  type Problem,
  type RunnableFlow,
  recipientValuesOf,
  type SaidText,
  type Surroundings,
} from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import { usualVoice } from '../../announcements/index.ts';
import type { Database } from '../../database/index.ts';
import { assembleBundle, spokenIn, surroundingsOf } from '../../flows/index.ts';
import type { OutlookParts } from '../../flows/publishing/outlook.ts';
import type { CampaignOutlook, CostEstimate } from '../../http/campaign-contract.ts';
import type { GatewayTerms } from '../../sms/index.ts';
import { readBudgetStanding } from '../cost/budget-standing.ts';
import { type CampaignSettings, readCampaignSettings } from '../settings.ts';
import type { CampaignKind } from '../words.ts';
import { type ListFacts, missingFor, sendsTexts } from './missing-for.ts';
import { personalInTexts, recipientNamesIn } from './personal-values.ts';

export type PlanningParts = OutlookParts & {
  /** What it will cost, as far as it can be told. */
  readonly estimate: (db: Database, campaignId: string) => Promise<CostEstimate | null>;
  /** Of all gateways. */
  readonly terms: readonly GatewayTerms[];
};

export type CampaignRow = {
  readonly campaign_id: string;
  readonly name: string;
  readonly kind: CampaignKind;
  readonly flow_id: string | null;
  readonly phone_number: string | null;
  readonly department: string;
  readonly settings: unknown;
  readonly version: number;
};

export type Outlook = Omit<CampaignOutlook, 'findings' | 'texts' | 'failedTests'> & {
  readonly settings: CampaignSettings;
  /** Null: no scenario is chosen, or it has errors. */
  readonly bundle: BundleDraft | null;
  readonly runnable: RunnableFlow | null;
  /** What people hear who call back, where that is another flow. */
  readonly callBackRunnable: RunnableFlow | null;
  readonly findings: readonly Problem[];
  readonly texts: readonly (SaidText & { readonly isHeard: boolean })[];
  readonly failedTests: readonly { readonly name: string; readonly message: string }[];
};

/** How a draft stands before it is proposed. */
export async function outlookOf(
  parts: PlanningParts,
  campaign: CampaignRow,
  nowMs: number,
): Promise<Outlook> {
  const { db } = parts;
  const settings = readCampaignSettings(campaign.settings);
  const surroundings = await surroundingsOf(db, await parts.audioIds());
  const scenario = await flowOutlook(parts, campaign.flow_id, surroundings);
  const callBack = await flowOutlook(parts, settings.callBackFlowId, surroundings, scenario.bundle);
  const both = {
    findings: [
      ...scenario.findings,
      ...findingsOfUse(scenario.bundle, settings, campaign),
      ...callBack.findings,
    ],
    texts: [...scenario.texts, ...callBack.texts],
    failedTests: [...scenario.failedTests, ...callBack.failedTests],
  };
  const bundles = [scenario.bundle, callBack.bundle] as const;
  const told = sendsTexts(settings) ? recipientNamesIn(settings.smsText) : [];
  const wanted = [...new Set([...told, ...bundles.flatMap(expectedOf)])];
  const number = await db
    .selectFrom('phone_number')
    .select(['name', 'approval_steps'])
    .where('phone_number', '=', campaign.phone_number)
    .executeTakeFirst();
  const estimate = await parts.estimate(db, campaign.campaign_id);
  const list = await readList(db, campaign.campaign_id, wanted);
  return {
    bundle: scenario.bundle,
    runnable: scenario.runnable,
    callBackRunnable: callBack.runnable,
    ...both,
    version: campaign.version,
    settings,
    missing: missingFor(
      { ...campaign, settings },
      {
        ...both,
        // Its values are looked up in the list itself: what one row lacks is told with how many do.
        smsFindings: checkCampaignSms(settings.smsText, null, {
          ...surroundings,
          calledName: number?.name ?? '',
        }),
        isCallBackThere: callBack.bundle !== null,
        list,
        nowMs,
      },
    ),
    personalInSms: [...personalInTexts(settings, bundles)],
    recipients: list.recipients,
    estimate,
    budget: await readBudgetStanding(
      db,
      {
        campaignId: campaign.campaign_id,
        department: campaign.department,
        estimateYen: estimate?.likelyYen ?? 0,
        firstDay: settings.firstDay,
      },
      nowMs,
    ),
    // As many as its number asks for, and never none, whoever set that: people are called.
    steps: Math.max(1, number?.approval_steps ?? 1),
  };
}

/** Names of the values that a flow expects of the list. */
const expectedOf = (bundle: BundleDraft | null): readonly string[] =>
  bundle === null ? [] : recipientValuesOf(bundle).map(({ name }) => name);

/** Of a scenario as this campaign uses it. */
function findingsOfUse(
  bundle: BundleDraft | null,
  { channels, mergeHouseholds }: CampaignSettings,
  { kind }: CampaignRow,
): readonly Problem[] {
  if (bundle === null || channels === 'sms') return [];
  return checkCampaignUse(bundle, { mergesHouseholds: mergeHouseholds, kind });
}

/** @param before of which the texts are listened to anyway */
async function flowOutlook(
  parts: PlanningParts,
  flowId: string | null,
  surroundings: Surroundings,
  before: BundleDraft | null = null,
) {
  const none = { bundle: null, runnable: null, findings: [], texts: [], failedTests: [] };
  if (flowId === null) return none;
  const { db } = parts;
  const draft = await assembleBundle(db, flowId, `draft:${flowId}`);
  if (draft === null) return none;
  const made = makeRunnable(draft, surroundings);
  const bundle = made.ok ? made.flow.bundle : draft;
  const texts = changedTexts(before, bundle);
  const heard = await parts.isHeard(texts, spokenIn(bundle, await usualVoice(db)));
  return {
    bundle,
    runnable: made.ok ? made.flow : null,
    findings: made.problems,
    texts: texts.map((text, place) => ({ ...text, isHeard: heard[place] ?? false })),
    failedTests: made.ok ? await parts.failedTests(flowId, made.flow) : [],
  };
}

/** Who is on the list, how many of them can have a text message, and how many rows lack each of the values that are told. */
async function readList(db: Database, campaignId: string, wanted: readonly string[]): Promise<ListFacts> {
  const { rows } = await sql`
    select count(*)::int as recipients, (count(*) filter (where telephone_kind = 'mobile'))::int as mobiles
    from campaign_recipient where campaign_id = ${campaignId} and state <> 'removed'`.execute(db);
  const [counted] = z.array(z.object({ recipients: z.int(), mobiles: z.int() })).parse(rows);
  const lacking = await sql`
    select name, count(*)::int as rows from unnest(${[...wanted]}::text[]) as name
    join campaign_recipient r on r.campaign_id = ${campaignId} and r.state <> 'removed'
      and coalesce(r."values" -> name ->> 'text', '') = ''
    group by name`.execute(db);
  return {
    recipients: counted?.recipients ?? 0,
    mobiles: counted?.mobiles ?? 0,
    lacking: z.array(z.object({ name: z.string(), rows: z.int() })).parse(lacking.rows),
  };
}
