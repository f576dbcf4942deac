import { sql } from 'kysely';
import { type AuditAction, type Right, writeAudit } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import type { CampaignAction } from '../../http/campaign-contract.ts';
import { Refusal } from '../../http/index.ts';
import { readCampaignSettings } from '../settings.ts';
import { tellChanged } from '../tell-changed.ts';
import type { CampaignState, EndedBecause } from '../words.ts';
import type { ProposalRow } from './bound-content.ts';
import { whyVoid } from './bound-content.ts';
import type { Deed } from './deed.ts';
import { campaignGone, changedMeanwhile, type Saved } from './drafts.ts';
import { lastMoment, startAt } from './start-at.ts';
import { voidProposal } from './void-proposal.ts';

/**
 * draft → waiting → approved → running ⇄ paused → ended. Proposals move the first three (propose.ts, decide.ts, void-proposal.ts); from then on
 * staff do it, or the time. 'approved' may be paused too: it then begins only by hand.
 */
const BY_HAND: Readonly<
  Record<
    'running' | 'paused' | 'ended',
    { readonly from: readonly CampaignState[]; readonly action: AuditAction }
  >
> = {
  running: { from: ['paused'], action: 'campaignResumed' },
  paused: { from: ['approved', 'running'], action: 'campaignPaused' },
  ended: { from: ['approved', 'running', 'paused'], action: 'campaignStopped' },
};

const NEEDS: readonly {
  readonly action: CampaignAction;
  readonly right: Right;
  readonly in: readonly CampaignState[];
}[] = [
  { action: 'change', right: 'editCampaigns', in: ['draft'] },
  { action: 'remove', right: 'editCampaigns', in: ['draft'] },
  { action: 'propose', right: 'editCampaigns', in: ['draft'] },
  { action: 'withdraw', right: 'editCampaigns', in: ['waiting', 'approved'] },
  { action: 'pause', right: 'runCampaigns', in: BY_HAND.paused.from },
  { action: 'resume', right: 'runCampaigns', in: BY_HAND.running.from },
  { action: 'stop', right: 'runCampaigns', in: BY_HAND.ended.from },
  {
    action: 'removeRecipients',
    right: 'runCampaigns',
    in: ['draft', 'waiting', 'approved', 'running', 'paused'],
  },
];

/** What somebody with these rights may do with a campaign in this state; whether to decide is told by the proposal. */
export function actionsFor(
  state: CampaignState,
  has: (right: Right) => boolean,
  { isDrafter }: { readonly isDrafter: boolean },
): readonly CampaignAction[] {
  return NEEDS.filter(
    ({ action, right, in: states }) =>
      states.includes(state) && has(right) && (action !== 'withdraw' || isDrafter),
  ).map(({ action }) => action);
}

/**
 * Pauses, resumes or stops a campaign; whoever dials hears of it at once. What is talking goes on to its end.
 * @param version under which a resuming person looked at it
 * @throws Refusal 404; 409 where the state is another, or what was approved is there no more
 */
export async function changeState(
  db: Database,
  campaignId: string,
  { to, version }: { readonly to: 'running' | 'paused' | 'ended'; readonly version: number },
  deed: Deed,
): Promise<Saved> {
  const changed = await db.transaction().execute(async (trx): Promise<Saved | null> => {
    const row = await held(trx, campaignId);
    if (row === undefined) throw campaignGone();
    // Whoever stops calls is obeyed, whatever has happened since the screen was read: it may have begun by itself.
    if (to === 'running' && row.version !== version) throw changedMeanwhile();
    const { from, action } = BY_HAND[to];
    if (!from.includes(row.state))
      throw new Refusal(
        409,
        'notPossible',
        'いまの状態では、この操作はできません。画面を開き直してください。',
      );
    if (to === 'running' && !(await isStillApproved(trx, campaignId, deed.atMs))) return null;
    await moveTo(trx, row, {
      state: to,
      because: to === 'ended' ? 'stopped' : null,
      action,
      by: deed.personId,
      address: deed.address,
      at: new Date(deed.atMs),
    });
    return { campaignId, version: row.version + 1 };
  });
  if (changed === null)
    throw new Refusal(
      409,
      'voided',
      '決裁を受けた内容から変わっているため、再開できません。もう一度、決裁に出してください。',
    );
  return changed;
}

/** Begins every approved campaign whose first moment has come; one that is not what was approved becomes a draft again. */
export async function startDue(db: Database, clock: Pick<Clock, 'now'>): Promise<void> {
  const approved = await db
    .selectFrom('campaign')
    .select(['campaign_id', 'settings'])
    .where('state', '=', 'approved')
    .execute();
  for (const { campaign_id: campaignId, settings } of approved) {
    const due = startAt(readCampaignSettings(settings));
    if (due !== null && due > clock.now()) continue;
    await db.transaction().execute(async (trx) => {
      const row = await held(trx, campaignId);
      const at = new Date(clock.now());
      if (row?.state !== 'approved' || !(await isStillApproved(trx, campaignId, at.getTime()))) return;
      await moveTo(trx, row, {
        state: 'running',
        because: null,
        action: 'campaignStarted',
        by: null,
        address: null,
        at,
      });
    });
  }
}

/** Ends campaigns of which everybody is settled, or whose last day is over, and settles who waits for one that has ended. */
export async function endDue(db: Database, clock: Pick<Clock, 'now'>): Promise<void> {
  const open = await db
    .selectFrom('campaign as c')
    .select(['c.campaign_id', 'c.settings', 'c.state'])
    .select(({ exists, selectFrom, not }) =>
      not(
        exists(
          selectFrom('campaign_recipient as r')
            .select('r.recipient_id')
            .whereRef('r.campaign_id', '=', 'c.campaign_id')
            .where('r.state', 'in', ['waiting', 'inProgress']),
        ),
      ).as('is_through'),
    )
    .where('c.state', 'in', ['approved', 'running', 'paused'])
    .execute();
  for (const { campaign_id: campaignId, settings, state, is_through } of open) {
    const last = lastMoment(readCampaignSettings(settings));
    const isOver = last !== null && last <= clock.now();
    const because: EndedBecause | null =
      is_through === true && state === 'running' ? 'finished' : isOver ? 'lastDay' : null;
    if (because === null) continue;
    await db.transaction().execute(async (trx) => {
      const row = await held(trx, campaignId);
      if (row === undefined || row.state !== state) return;
      const at = new Date(clock.now());
      await moveTo(trx, row, {
        state: 'ended',
        because,
        action: 'campaignEnded',
        by: null,
        address: null,
        at,
      });
    });
  }
  await settleLeftOver(db, new Date(clock.now()));
}

type CampaignRow = {
  readonly campaign_id: string;
  readonly state: CampaignState;
  readonly version: number;
  readonly started_at: Date | null;
};

async function held(trx: Database, campaignId: string) {
  return await trx
    .selectFrom('campaign')
    .select(['campaign_id', 'state', 'version', 'started_at'])
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
}

/** The one place that moves an approved campaign. */
async function moveTo(
  trx: Database,
  row: CampaignRow,
  move: {
    readonly state: 'running' | 'paused' | 'ended';
    readonly because: EndedBecause | null;
    readonly action: AuditAction;
    readonly by: string | null;
    readonly address: string | null;
    readonly at: Date;
  },
): Promise<void> {
  const { campaign_id: campaignId } = row;
  await writeAudit(trx, {
    action: move.action,
    at: move.at.getTime(),
    userId: move.by,
    subject: campaignId,
    address: move.address,
    detail: { from: row.state, because: move.because },
  });
  await trx
    .updateTable('campaign')
    .set({
      state: move.state,
      ended_because: move.because,
      started_at: move.state === 'running' ? (row.started_at ?? move.at) : row.started_at,
      ended_at: move.state === 'ended' ? move.at : null,
      version: row.version + 1,
    })
    .where('campaign_id', '=', campaignId)
    .execute();
  if (move.state === 'ended') {
    await trx.deleteFrom('campaign_sounds').where('campaign_id', '=', campaignId).execute();
    await settleWaiting(trx, campaignId, move.at);
  }
  await tellChanged(trx, campaignId);
}

async function settleWaiting(trx: Database, campaignId: string, at: Date): Promise<void> {
  await trx
    .updateTable('campaign_recipient')
    .set({ state: 'done', settled_reason: 'campaignEnded', settled_at: at })
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'waiting')
    .execute();
}

/** An attempt that was under way when its campaign ended may have put its recipient back to wait for another. */
async function settleLeftOver(db: Database, at: Date): Promise<void> {
  const left = await db
    .selectFrom('campaign as c')
    .innerJoin('campaign_recipient as r', 'r.campaign_id', 'c.campaign_id')
    .select('c.campaign_id')
    .distinct()
    .where('c.state', '=', 'ended')
    .where('r.state', '=', 'waiting')
    .execute();
  for (const { campaign_id } of left) await settleWaiting(db, campaign_id, at);
}

/** Whether the approved proposal still says what is there. Where not, it is voided and the campaign is a draft again. */
async function isStillApproved(trx: Database, campaignId: string, atMs: number): Promise<boolean> {
  const proposal = await trx
    .selectFrom('campaign_proposal')
    .select([
      'proposal_id',
      'campaign_id',
      'content',
      'content_sha256',
      'bundle_id',
      'call_back_bundle_id',
      'drafted_at',
      'drafted_by',
    ])
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'approved')
    .forUpdate()
    .executeTakeFirst();
  const why = await whyNotApproved(trx, proposal);
  if (why === null) return true;
  await voidProposal(trx, { campaignId, proposalId: proposal?.proposal_id ?? null, reason: why, atMs });
  return false;
}

async function whyNotApproved(trx: Database, proposal: ProposalRow | undefined): Promise<string | null> {
  return proposal === undefined ? '決裁が見つかりません。' : await whyVoid(trx, proposal);
}

/** Whether any campaign waits for its beginning or goes on, or what one began is still open: where none does, nothing else need be looked at. */
export async function campaignsGoOn(db: Database): Promise<boolean> {
  const { rows } = await sql<{ readonly go_on: boolean }>`
    select exists (select from campaign where state in ('approved', 'running', 'paused'))
      or exists (select from campaign_attempt where state in ('reserved', 'dialling', 'ringing', 'talking', 'sent')) as go_on`.execute(
    db,
  );
  return rows[0]?.go_on ?? false;
}
