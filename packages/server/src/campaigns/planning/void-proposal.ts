import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { tellChanged } from '../tell-changed.ts';

/** Voids a proposal 伺い of which something was changed; its campaign is a draft again. */
export async function voidProposal(
  trx: Database,
  {
    campaignId,
    proposalId,
    reason,
    atMs,
  }: {
    readonly campaignId: string;
    /** Null: there is none that could be voided. */
    readonly proposalId: string | null;
    readonly reason: string;
    readonly atMs: number;
  },
): Promise<void> {
  await writeAudit(trx, {
    action: 'campaignVoided',
    at: atMs,
    userId: null,
    subject: campaignId,
    address: null,
    detail: { proposalId, reason },
  });
  if (proposalId !== null) {
    await trx
      .updateTable('campaign_proposal')
      .set({ state: 'voided', reason, settled_at: new Date(atMs) })
      .where('proposal_id', '=', proposalId)
      .execute();
  }
  await backToDraft(trx, campaignId);
}

/** The campaign may be changed again, and is dialled no more. */
export async function backToDraft(trx: Database, campaignId: string): Promise<void> {
  await trx
    .updateTable('campaign')
    .set(({ eb }) => ({
      state: 'draft',
      bundle_id: null,
      call_back_bundle_id: null,
      version: eb('version', '+', 1),
    }))
    .where('campaign_id', '=', campaignId)
    .execute();
  await trx.deleteFrom('campaign_sounds').where('campaign_id', '=', campaignId).execute();
  await tellChanged(trx, campaignId);
}
