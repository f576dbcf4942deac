import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { writeAudit } from '../../accounts/index.ts';
import { Refusal } from '../../http/index.ts';
import type { ProposalAdd } from '../../http/publish-contract.ts';
import { contentSha256 } from './freeze.ts';
import { numbersFor, type OutlookParts, outlookOf } from './outlook.ts';

export type Deed = { readonly personId: string; readonly atMs: number; readonly address: string };

/**
 * Makes a proposal 伺い of a draft: freezes what would be published, and takes the place of the flow's open one.
 * @returns its id. @throws Refusal where the draft is not what the drafter saw, has errors, fails its tests, or was not listened to.
 */
export async function propose(
  parts: OutlookParts,
  flowId: string,
  order: ProposalAdd,
  deed: Deed,
): Promise<string> {
  const outlook = await outlookOf(parts, flowId);
  if (outlook === null) throw new Refusal(404, 'notFound', 'このフローは見つかりません。');
  if (outlook.draftVersion !== order.draftVersion) {
    throw new Refusal(
      409,
      'changedMeanwhile',
      '下書きが先ほどから変わっています。内容をもう一度確かめてから、伺いを出してください。',
    );
  }
  const { runnable, texts, failedTests } = outlook;
  if (runnable === null) {
    throw new Refusal(422, 'hasErrors', '直すところが残っているため、公開できません。先に直してください。');
  }
  if (failedTests.length > 0) {
    throw new Refusal(422, 'testsFail', 'フローの確認が通らないものがあるため、公開できません。');
  }
  const unheard = texts.filter(({ isHeard }) => !isHeard).length;
  if (unheard > 0) {
    throw new Refusal(
      422,
      'notHeard',
      `まだ一度も聞いていない案内が${unheard}件あります。聞いて確かめてから、伺いを出してください。`,
    );
  }
  if (order.publish.when === 'at' && Date.parse(order.publish.at) <= deed.atMs) {
    throw new Refusal(422, 'inThePast', '公開の日時は、これから先の日時にしてください。');
  }
  const numbers = (await numbersFor(parts.db, flowId, deed.personId)).filter(({ phoneNumber }) =>
    order.phoneNumbers.includes(phoneNumber),
  );
  if (numbers.length < new Set(order.phoneNumbers).size) {
    throw new Refusal(422, 'unknownNumber', '電話番号の一覧が変わっています。画面を開き直してください。');
  }
  const proposalId = randomUUID();
  const at = new Date(deed.atMs);
  const steps = Math.max(0, ...numbers.map((number) => number.steps));
  await parts.db.transaction().execute(async (trx) => {
    // Two proposals of one flow at the same moment: the later one takes the place of the earlier.
    await sql`select pg_advisory_xact_lock(hashtext(${flowId}))`.execute(trx);
    await trx
      .updateTable('proposal')
      .set({ state: 'withdrawn', settled_at: at, reason: '新しい伺いが出されました。' })
      .where('flow_id', '=', flowId)
      .where('state', 'in', ['waiting', 'approved'])
      .execute();
    await trx
      .insertInto('proposal')
      .values({
        proposal_id: proposalId,
        flow_id: flowId,
        draft_version: outlook.draftVersion,
        bundle: JSON.stringify(outlook.bundle),
        content_sha256: contentSha256(outlook.bundle),
        comment: order.comment,
        drafted_by: deed.personId,
        drafted_at: at,
        steps,
        state: steps === 0 ? 'approved' : 'waiting',
        publish_when: order.publish.when,
        publish_at: order.publish.when === 'at' ? new Date(order.publish.at) : null,
        sounds_ready_at: null,
        reason: null,
        bundle_id: null,
        settled_at: null,
      })
      .execute();
    if (numbers.length > 0) {
      await trx
        .insertInto('proposal_number')
        .values(numbers.map(({ phoneNumber }) => ({ proposal_id: proposalId, phone_number: phoneNumber })))
        .execute();
    }
    await writeAudit(trx, {
      action: 'proposalMade',
      at: deed.atMs,
      userId: deed.personId,
      subject: proposalId,
      address: deed.address,
      detail: { flowId, steps },
    });
  });
  return proposalId;
}
