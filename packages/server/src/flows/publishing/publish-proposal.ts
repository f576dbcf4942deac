import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { askForMore } from './ask-for-more.ts';
import { unchangedBundle } from './freeze.ts';

export type PublishedAs = { readonly bundleId: string; readonly versionNo: number };

/**
 * Makes a version of an approved proposal whose sounds lie ready, and puts it in force for its numbers, all in one transaction. Calls in
 * progress keep the version they began with. Done twice at once it happens once.
 *
 * @param by who published by hand; null: it was due by itself
 * @returns null where it is not ready to be published (any more); `changed` where its content is not what was approved: it is closed as failed
 */
export async function publishProposal(
  db: Database,
  proposalId: string,
  { by, address, at }: { readonly by: string | null; readonly address: string | null; readonly at: Date },
): Promise<PublishedAs | 'changed' | null> {
  return await db.transaction().execute(async (trx) => {
    if (await askForMore(trx, proposalId)) return null;
    const proposal = await trx
      .selectFrom('proposal')
      .selectAll()
      .where('proposal_id', '=', proposalId)
      .where('state', '=', 'approved')
      .where('sounds_ready_at', 'is not', null)
      .forUpdate()
      .executeTakeFirst();
    if (proposal === undefined) return null;
    const approvals = await trx
      .selectFrom('proposal_decision')
      .select('step')
      .where('proposal_id', '=', proposalId)
      .where('decision', '=', 'approved')
      .where('content_sha256', '=', proposal.content_sha256)
      .execute();
    const bundle = unchangedBundle(proposal.bundle, proposal.content_sha256);
    if (bundle === null || approvals.length < proposal.steps) {
      await trx
        .updateTable('proposal')
        .set({ state: 'failed', settled_at: at, reason: '決裁された内容と違うため、公開しませんでした。' })
        .where('proposal_id', '=', proposalId)
        .execute();
      return 'changed';
    }
    const newest = await trx
      .selectFrom('flow_bundle')
      .select((select) => select.fn.max('version_no').as('versionNo'))
      .where('flow_id', '=', proposal.flow_id)
      .executeTakeFirst();
    const versionNo = (newest?.versionNo ?? 0) + 1;
    const bundleId = `${proposal.flow_id}-${versionNo}-${proposalId.slice(0, 8)}`;
    await trx
      .insertInto('flow_bundle')
      .values({
        bundle_id: bundleId,
        name: bundle.flows[bundle.entryFlowId]?.name ?? proposal.flow_id,
        comment: proposal.comment,
        bundle: JSON.stringify({ ...bundle, bundleId }),
        published_at: at,
        flow_id: proposal.flow_id,
        version_no: versionNo,
        published_by: by ?? proposal.drafted_by,
      })
      .execute();
    await trx
      .updateTable('phone_number')
      .set({ bundle_id: bundleId, flow_id: proposal.flow_id })
      .where('phone_number', 'in', (select) =>
        select.selectFrom('proposal_number').select('phone_number').where('proposal_id', '=', proposalId),
      )
      .execute();
    await trx
      .updateTable('proposal')
      .set({ state: 'published', bundle_id: bundleId, settled_at: at })
      .where('proposal_id', '=', proposalId)
      .execute();
    await writeAudit(trx, {
      action: 'versionPublished',
      at: at.getTime(),
      userId: by,
      subject: bundleId,
      address,
      detail: { proposalId, contentSha256: proposal.content_sha256 },
    });
    return { bundleId, versionNo };
  });
}
