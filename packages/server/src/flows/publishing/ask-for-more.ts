import type { Database } from '../../database/index.ts';
import { stepsWanted } from './steps-wanted.ts';

/**
 * Lets an approved proposal wait again where its numbers ask for more decisions than it has: one of them went live, or asks for more steps,
 * since it was made. A number that is planned to be live by the time of publishing counts as live, so that staff hear of it beforehand.
 * Call it in a transaction, which then holds the proposal. @returns whether it waits again
 */
export async function askForMore(trx: Database, proposalId: string): Promise<boolean> {
  const proposal = await trx
    .selectFrom('proposal')
    .select(['drafted_by', 'content_sha256', 'publish_at'])
    .where('proposal_id', '=', proposalId)
    .where('state', '=', 'approved')
    .forUpdate()
    .executeTakeFirst();
  if (proposal === undefined) return false;
  const numbers = await trx
    .selectFrom('proposal_number as p')
    .innerJoin('phone_number as n', 'n.phone_number', 'p.phone_number')
    .select(['n.state', 'n.approval_steps', 'n.approval_set_by'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('number_plan as plan')
          .select('plan.plan_id')
          .whereRef('plan.phone_number', '=', 'n.phone_number')
          .where('plan.result', 'is', null)
          .where('plan.state', '=', 'live')
          .where('plan.due_at', '<=', proposal.publish_at),
      ).as('live_by_then'),
    )
    .where('p.proposal_id', '=', proposalId)
    .execute();
  const steps = stepsWanted(
    numbers.map((row) => ({
      state: row.live_by_then === true ? 'live' : row.state,
      approvalSteps: row.approval_steps,
      approvalSetBy: row.approval_set_by,
    })),
    proposal.drafted_by,
  );
  const approvals = await trx
    .selectFrom('proposal_decision')
    .select('step')
    .where('proposal_id', '=', proposalId)
    .where('decision', '=', 'approved')
    .where('content_sha256', '=', proposal.content_sha256)
    .execute();
  if (approvals.length >= steps) return false;
  await trx
    .updateTable('proposal')
    .set({ state: 'waiting', steps })
    .where('proposal_id', '=', proposalId)
    .execute();
  return true;
}
