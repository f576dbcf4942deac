import { changedTexts, writtenTexts } from '@madoguchi/flow';
import { mayDo } from '../../accounts/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import { whyNotDecide } from '../../flows/publishing/may-decide.ts';
import type { CampaignProposal } from '../../http/campaign-contract.ts';
import { readBudgetStanding } from '../cost/budget-standing.ts';
import { BoundContentSchema } from './bound-content.ts';
import { GONE } from './deed.ts';
import { personalInTexts } from './personal-values.ts';
import { readBundle } from './read-bundle.ts';
import type { Looker } from './read-campaigns.ts';
import { textOf } from './text-of.ts';

/** A proposal 伺い with everything that it binds; null where there is none. */
export async function readProposal(
  db: Database,
  proposalId: string,
  looker: Looker,
  nowMs: number,
): Promise<CampaignProposal | null> {
  const row = await db
    .selectFrom('campaign_proposal as p')
    .innerJoin('campaign as c', 'c.campaign_id', 'p.campaign_id')
    .leftJoin('person', 'person.id', 'p.drafted_by')
    .selectAll('p')
    .select(['c.state as campaign_state', 'person.name as drafter_name'])
    .where('p.proposal_id', '=', proposalId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const decisions = await db
    .selectFrom('campaign_decision as d')
    .leftJoin('person', 'person.id', 'd.decided_by')
    .selectAll('d')
    .select('person.name')
    .where('d.proposal_id', '=', proposalId)
    .orderBy('d.step')
    .execute();
  const {
    bundleSha256: _,
    callBackBundleSha256: __,
    callBackFlowName = null,
    findings,
    ...bound
  } = BoundContentSchema.parse(row.content);
  const bundle = await readBundle(db, row.bundle_id);
  const callBack = await readBundle(db, row.call_back_bundle_id);
  const texts = bundle === null ? [] : changedTexts(null, bundle);
  const callBackTexts = callBack === null ? [] : changedTexts(bundle, callBack);
  const number = await db
    .selectFrom('phone_number')
    .select('name')
    .where('phone_number', '=', bound.phoneNumber)
    .executeTakeFirst();
  const removed = await db
    .selectFrom('campaign_recipient')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('campaign_id', '=', row.campaign_id)
    .where('state', '=', 'removed')
    .where('settled_at', '>', row.drafted_at)
    .executeTakeFirstOrThrow();
  const why = whyNotDecide(
    { draftedBy: row.drafted_by, state: row.state, deciders: decisions.map((each) => each.decided_by) },
    looker.userId,
  );
  const mayApprove = mayDo(looker.role, 'approveCampaigns');
  return {
    proposalId,
    campaignId: row.campaign_id,
    comment: row.comment,
    draftedBy: { personId: row.drafted_by, name: row.drafter_name ?? GONE },
    draftedAt: row.drafted_at.toISOString(),
    state: row.state,
    reason: row.reason,
    steps: row.steps,
    stepsDone: decisions.filter(({ decision }) => decision === 'approved').length,
    contentSha256: row.content_sha256,
    bound: {
      ...bound,
      number: {
        phoneNumber: bound.phoneNumber,
        shown: showNumber(bound.phoneNumber),
        name: number?.name ?? '',
      },
      callBackFlowName,
      texts: [...texts, ...callBackTexts].map(textOf),
      textsSent: [bundle, callBack].flatMap((each) => (each === null ? [] : writtenTexts(each))),
    },
    budget:
      row.state === 'waiting' || row.state === 'approved'
        ? await readBudgetStanding(
            db,
            {
              campaignId: row.campaign_id,
              department: bound.department,
              estimateYen: bound.estimate?.likelyYen ?? 0,
              firstDay: bound.settings.firstDay,
            },
            nowMs,
          )
        : null,
    removedSince: removed.count,
    personalInSms: [...personalInTexts(bound.settings, [bundle, callBack])],
    findings,
    decisions: decisions.map((each) => ({
      step: each.step,
      decision: each.decision,
      by: { personId: each.decided_by, name: each.name ?? GONE },
      onBehalfOf: each.on_behalf_of,
      reason: each.reason,
      smsMayTellPersonal: each.sms_may_tell_personal,
      at: each.decided_at.toISOString(),
    })),
    settledAt: row.settled_at?.toISOString() ?? null,
    may: {
      decide: mayApprove && why === null,
      whyNot: row.state === 'waiting' && mayApprove ? why : null,
      withdraw:
        row.drafted_by === looker.userId &&
        (row.state === 'waiting' || row.state === 'approved') &&
        row.campaign_state === row.state,
    },
  };
}
