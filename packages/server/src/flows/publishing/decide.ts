import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import type { Decision } from '../../http/publish-contract.ts';
import { unchangedBundle } from './freeze.ts';
import { notWhatWasSeen, refuseWithoutReason, whyNotDecide } from './may-decide.ts';
import type { Deed } from './propose.ts';

/**
 * Takes one step of the approval 決裁, or sends the proposal back 差戻し. Only of exactly what the approver saw.
 * @throws Refusal
 */
export async function decide(
  db: Database,
  proposalId: string,
  decision: Decision,
  deed: Deed,
): Promise<void> {
  refuseWithoutReason(decision);
  await db.transaction().execute(async (trx) => {
    const proposal = await trx
      .selectFrom('proposal')
      .selectAll()
      .where('proposal_id', '=', proposalId)
      .forUpdate()
      .executeTakeFirst();
    if (proposal === undefined) throw new Refusal(404, 'notFound', 'この伺いは見つかりません。');
    const taken = await trx
      .selectFrom('proposal_decision')
      .select('decided_by')
      .where('proposal_id', '=', proposalId)
      .execute();
    const deciders = taken.map((row) => row.decided_by);
    const why = whyNotDecide(
      { draftedBy: proposal.drafted_by, state: proposal.state, deciders },
      deed.personId,
    );
    if (why !== null) throw new Refusal(409, 'mayNotDecide', why);
    const isSeen = decision.contentSha256 === proposal.content_sha256;
    if (!isSeen || unchangedBundle(proposal.bundle, proposal.content_sha256) === null) throw notWhatWasSeen();
    const step = deciders.length + 1;
    await trx
      .insertInto('proposal_decision')
      .values({
        proposal_id: proposalId,
        step,
        decision: decision.decision,
        decided_by: deed.personId,
        on_behalf_of: decision.onBehalfOf,
        reason: decision.reason,
        content_sha256: proposal.content_sha256,
        decided_at: new Date(deed.atMs),
      })
      .execute();
    const isLast = step >= proposal.steps;
    const isBack = decision.decision === 'sentBack';
    if (isBack || isLast) {
      await trx
        .updateTable('proposal')
        .set(isBack ? { state: 'sentBack', settled_at: new Date(deed.atMs) } : { state: 'approved' })
        .where('proposal_id', '=', proposalId)
        .execute();
    }
    await writeAudit(trx, {
      action: isBack ? 'proposalSentBack' : 'proposalApproved',
      at: deed.atMs,
      userId: deed.personId,
      subject: proposalId,
      address: deed.address,
      detail: { step, onBehalfOf: decision.onBehalfOf, contentSha256: proposal.content_sha256 },
    });
  });
}

/** Takes an open proposal back. @throws Refusal where it is not open any more, or another's. */
export async function withdraw(db: Database, proposalId: string, deed: Deed): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('proposal')
      .set({ state: 'withdrawn', settled_at: new Date(deed.atMs) })
      .where('proposal_id', '=', proposalId)
      .where('drafted_by', '=', deed.personId)
      .where('state', 'in', ['waiting', 'approved'])
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n)
      throw new Refusal(
        409,
        'notOpen',
        'この伺いは、取り下げられません。すでに終わっているか、別の人の伺いです。',
      );
    await writeAudit(trx, {
      action: 'proposalWithdrawn',
      at: deed.atMs,
      userId: deed.personId,
      subject: proposalId,
      address: deed.address,
    });
  });
}
