import { randomUUID } from 'node:crypto';
import type { RunnableFlow } from '@madoguchi/flow';
import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { contentSha256 } from '../../flows/publishing/freeze.ts';
import type { CampaignProblem } from '../../http/campaign-contract.ts';
import { tellChanged } from '../tell-changed.ts';
import { type BoundContent, boundSha256, listFingerprint } from './bound-content.ts';
import type { Deed } from './deed.ts';
import { campaignGone, changedMeanwhile, heldDraft } from './drafts.ts';
import { type Outlook, outlookOf, type PlanningParts } from './outlook.ts';

export type Proposing =
  | { readonly ok: true; readonly proposalId: string }
  | { readonly ok: false; readonly problems: readonly CampaignProblem[] };

/**
 * Makes a proposal 伺い of a draft: freezes the scenario with the readings of now, and binds it with list, schedule and cost by one SHA-256.
 * @throws Refusal 404; 409 where the draft is not what the drafter saw
 */
export async function propose(
  parts: PlanningParts,
  campaignId: string,
  order: { readonly version: number; readonly comment: string },
  deed: Deed,
): Promise<Proposing> {
  const { db } = parts;
  const seen = await db
    .selectFrom('campaign')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (seen === undefined) throw campaignGone();
  if (seen.version !== order.version) throw changedMeanwhile();
  const outlook = await outlookOf(parts, seen, deed.atMs);
  if (outlook.missing.length > 0) return { ok: false, problems: outlook.missing };
  const proposalId = randomUUID();
  const at = new Date(deed.atMs);
  await db.transaction().execute(async (trx) => {
    const campaign = await heldDraft(trx, campaignId, order.version);
    const frozen = await freeze(trx, campaign.flow_id, outlook.runnable);
    const callBack = await freeze(trx, outlook.settings.callBackFlowId, outlook.callBackRunnable);
    // The list as it stands from now on: the first try goes by the first channel.
    await trx
      .updateTable('campaign_recipient')
      .set({ next_channel: firstChannel(outlook) })
      .where('campaign_id', '=', campaignId)
      .where('next_channel', '<>', firstChannel(outlook))
      .execute();
    const content: BoundContent = {
      name: campaign.name,
      kind: campaign.kind,
      phoneNumber: campaign.phone_number ?? '',
      settings: outlook.settings,
      flowId: campaign.flow_id,
      flowName: frozen?.name ?? null,
      bundleSha256: frozen?.sha256 ?? null,
      callBackFlowName: callBack?.name ?? null,
      callBackBundleSha256: callBack?.sha256 ?? null,
      ...(await listFingerprint(trx, campaignId, at)),
      estimate: outlook.estimate,
      department: campaign.department,
      findings: [...outlook.findings],
    };
    const sha256 = boundSha256(content);
    await trx
      .insertInto('campaign_proposal')
      .values({
        proposal_id: proposalId,
        campaign_id: campaignId,
        content: JSON.stringify(content),
        content_sha256: sha256,
        bundle_id: frozen?.bundleId ?? null,
        call_back_bundle_id: callBack?.bundleId ?? null,
        comment: order.comment,
        drafted_by: deed.personId,
        drafted_at: at,
        steps: outlook.steps,
        reason: null,
        settled_at: null,
      })
      .execute();
    await writeAudit(trx, {
      action: 'campaignProposed',
      at: deed.atMs,
      userId: deed.personId,
      subject: campaignId,
      address: deed.address,
      detail: { proposalId, steps: outlook.steps, contentSha256: sha256 },
    });
    await trx
      .updateTable('campaign')
      // Every default is written out, so that what is bound is what is stored.
      .set({
        state: 'waiting',
        settings: JSON.stringify(outlook.settings),
        version: order.version + 1,
      })
      .where('campaign_id', '=', campaignId)
      .execute();
    if (frozen !== null) {
      await trx
        .insertInto('campaign_sounds')
        .values({
          campaign_id: campaignId,
          bundle_id: frozen.bundleId,
          total: content.recipients,
          ms_each: null,
          round_begun_at: null,
          ready_at: null,
          failed_because: null,
        })
        .execute();
    }
    await tellChanged(trx, campaignId);
  });
  return { ok: true, proposalId };
}

function firstChannel({ settings: { channels } }: Outlook) {
  return channels === 'sms' || channels === 'smsThenCall' ? 'sms' : 'call';
}

/** A flow as a row of `flow_bundle` without a version number, which no list of versions knows. Null: there is none. */
async function freeze(
  trx: Database,
  flowId: string | null,
  runnable: RunnableFlow | null,
): Promise<{ bundleId: string; sha256: string; name: string } | null> {
  if (runnable === null || flowId === null) return null;
  const bundleId = `campaign-${randomUUID()}`;
  const bundle = { ...runnable.bundle, bundleId };
  const name = bundle.flows[bundle.entryFlowId]?.name ?? flowId;
  await trx
    .insertInto('flow_bundle')
    .values({ bundle_id: bundleId, name, bundle: JSON.stringify(bundle), flow_id: flowId })
    .execute();
  return { bundleId, sha256: contentSha256(bundle), name };
}
