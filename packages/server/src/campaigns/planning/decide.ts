import { z } from 'zod';
import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { notWhatWasSeen, refuseWithoutReason, whyNotDecide } from '../../flows/publishing/may-decide.ts';
import type { CampaignDecisionSchema } from '../../http/campaign-contract.ts';
import { Refusal } from '../../http/index.ts';
import { CampaignSettingsSchema } from '../settings.ts';
import { tellChanged } from '../tell-changed.ts';
import { type ProposalRow, whyVoid } from './bound-content.ts';
import type { Deed } from './deed.ts';
import { personalInTexts } from './personal-values.ts';
import { readBundle } from './read-bundle.ts';
import { backToDraft, voidProposal } from './void-proposal.ts';

/**
 * Takes one step of the approval 決裁, or sends the proposal back 差戻し. Only of exactly what the approver saw, and what is still there: where it
 * is not, the proposal is voided.
 * @throws Refusal
 */
export async function decide(
  db: Database,
  proposalId: string,
  decision: z.output<typeof CampaignDecisionSchema>,
  deed: Deed,
): Promise<void> {
  refuseWithoutReason(decision);
  const voided = await db.transaction().execute(async (trx): Promise<string | null> => {
    const { proposal, deciders } = await heldProposal(trx, proposalId);
    const why = whyNotDecide(
      { draftedBy: proposal.drafted_by, state: proposal.state, deciders },
      deed.personId,
    );
    if (why !== null) throw new Refusal(409, 'mayNotDecide', why);
    if (decision.contentSha256 !== proposal.content_sha256) throw notWhatWasSeen();
    const { campaign_id: campaignId } = proposal;
    if (decision.decision === 'approved') {
      const reason = await whyVoid(trx, proposal);
      if (reason !== null) {
        await voidProposal(trx, { campaignId, proposalId, reason, atMs: deed.atMs });
        return reason;
      }
    }
    const step = deciders.length + 1;
    await trx
      .insertInto('campaign_decision')
      .values({
        proposal_id: proposalId,
        step,
        decision: decision.decision,
        decided_by: deed.personId,
        on_behalf_of: decision.onBehalfOf,
        reason: decision.reason,
        sms_may_tell_personal: decision.smsMayTellPersonal,
        content_sha256: proposal.content_sha256,
        decided_at: new Date(deed.atMs),
      })
      .execute();
    await writeAudit(trx, {
      action: decision.decision === 'approved' ? 'campaignApproved' : 'campaignSentBack',
      at: deed.atMs,
      userId: deed.personId,
      subject: campaignId,
      address: deed.address,
      detail: {
        proposalId,
        step,
        onBehalfOf: decision.onBehalfOf,
        smsMayTellPersonal: decision.smsMayTellPersonal,
        contentSha256: proposal.content_sha256,
      },
    });
    if (decision.decision === 'sentBack') await sendBack(trx, proposal, deed);
    else if (step >= proposal.steps) await approve(trx, proposal, decision.smsMayTellPersonal);
    return null;
  });
  if (voided !== null) throw new Refusal(409, 'voided', `${voided}この伺いは無効になりました。`);
}

type HeldProposal = ProposalRow & {
  readonly proposal_id: string;
  readonly drafted_by: string;
  readonly state: string;
  readonly steps: number;
};

async function heldProposal(trx: Database, proposalId: string) {
  const found = await trx
    .selectFrom('campaign_proposal')
    .select('campaign_id')
    .where('proposal_id', '=', proposalId)
    .executeTakeFirst();
  // The campaign first, as everybody who changes one does: nobody waits for another in a ring.
  await trx
    .selectFrom('campaign')
    .select('campaign_id')
    .where('campaign_id', '=', found?.campaign_id ?? '')
    .forUpdate()
    .execute();
  const proposal = await trx
    .selectFrom('campaign_proposal')
    .selectAll()
    .where('proposal_id', '=', proposalId)
    .forUpdate()
    .executeTakeFirst();
  if (proposal === undefined) throw new Refusal(404, 'notFound', 'この伺いは見つかりません。');
  const taken = await trx
    .selectFrom('campaign_decision')
    .select('decided_by')
    .where('proposal_id', '=', proposalId)
    .execute();
  return { proposal, deciders: taken.map((row) => row.decided_by) };
}

async function sendBack(trx: Database, proposal: HeldProposal, { atMs }: Deed): Promise<void> {
  await trx
    .updateTable('campaign_proposal')
    .set({ state: 'sentBack', settled_at: new Date(atMs) })
    .where('proposal_id', '=', proposal.proposal_id)
    .execute();
  await backToDraft(trx, proposal.campaign_id);
}

/** The last decision says whether text messages may tell personal values; without that leave nothing that tells some is approved. */
async function approve(trx: Database, proposal: HeldProposal, smsMayTellPersonal: boolean): Promise<void> {
  const { campaign_id: campaignId, bundle_id: bundleId, call_back_bundle_id: callBackBundleId } = proposal;
  const campaign = await trx
    .selectFrom('campaign')
    .select(['settings', 'version'])
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow();
  // Stored as it is, but for the leave: it is compared with what was approved.
  const stored = z.looseObject({}).parse(campaign.settings);
  const settings = CampaignSettingsSchema.parse(stored);
  const told = personalInTexts(settings, [
    await readBundle(trx, bundleId),
    await readBundle(trx, callBackBundleId),
  ]);
  if (told.length > 0 && !smsMayTellPersonal)
    throw new Refusal(
      422,
      'personalInSms',
      `SMSの文に、ご本人に関わる内容（${told.join('、')}）が入っています。許可する場合は「SMSに個人の内容を入れることを許可する」を選び、許可しない場合は差し戻してください。`,
    );
  await trx
    .updateTable('campaign_proposal')
    .set({ state: 'approved' })
    .where('proposal_id', '=', proposal.proposal_id)
    .execute();
  await trx
    .updateTable('campaign')
    .set({
      state: 'approved',
      bundle_id: bundleId,
      call_back_bundle_id: callBackBundleId,
      settings: JSON.stringify({ ...stored, smsMayTellPersonal }),
      version: campaign.version + 1,
    })
    .where('campaign_id', '=', campaignId)
    .execute();
  await tellChanged(trx, campaignId);
}

/** Takes an open proposal back; the campaign is a draft again. @throws Refusal where it is not open any more, or another's. */
export async function withdraw(db: Database, proposalId: string, deed: Deed): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { proposal } = await heldProposal(trx, proposalId);
    const { campaign_id: campaignId } = proposal;
    const isOpen =
      (
        await trx
          .selectFrom('campaign')
          .select('state')
          .where('campaign_id', '=', campaignId)
          .executeTakeFirst()
      )?.state === proposal.state;
    if (proposal.drafted_by !== deed.personId || !['waiting', 'approved'].includes(proposal.state) || !isOpen)
      throw new Refusal(
        409,
        'notOpen',
        'この伺いは、取り下げられません。すでに配信が始まっているか、終わっているか、別の人の伺いです。',
      );
    await writeAudit(trx, {
      action: 'campaignWithdrawn',
      at: deed.atMs,
      userId: deed.personId,
      subject: campaignId,
      address: deed.address,
      detail: { proposalId },
    });
    await trx
      .updateTable('campaign_proposal')
      .set({ state: 'withdrawn', settled_at: new Date(deed.atMs) })
      .where('proposal_id', '=', proposalId)
      .execute();
    await backToDraft(trx, campaignId);
  });
}
