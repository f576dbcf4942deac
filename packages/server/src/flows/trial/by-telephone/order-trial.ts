import { randomUUID } from 'node:crypto';
import { makeRunnable } from '@madoguchi/flow';
import { writeAudit } from '../../../accounts/index.ts';
import type { Database } from '../../../database/index.ts';
import { Refusal } from '../../../http/index.ts';
import type { DraftError, TelephoneTrialOrder } from '../../../http/telephone-trial-contract.ts';
import { readFlow } from '../../drafts/read-flows.ts';
import type { Deed } from '../../publishing/propose.ts';
import { surroundingsOf } from '../../surroundings.ts';
import { draftSentOrStored } from '../draft-sent-or-stored.ts';
import { forgetTrials } from './forget-trials.ts';

export type TrialOrdering =
  | { readonly ok: true; readonly bundleId: string }
  | { readonly ok: false; readonly errors: readonly DraftError[] };

/**
 * Freezes a stored draft to be reached by test callers of these numbers. Nobody hears it yet: its sounds are made first (prepare-trials.ts).
 * It takes the place of what was ordered for them before.
 * @throws Refusal 404; 409 where the draft is another by now, or a number is not under test
 */
export async function orderTrial(
  { db, audioIds }: { readonly db: Database; readonly audioIds: () => Promise<readonly string[]> },
  flowId: string,
  { draftVersion, phoneNumbers }: TelephoneTrialOrder,
  deed: Deed,
): Promise<TrialOrdering> {
  const draft = await draftSentOrStored(db, flowId, null);
  const flow = await readFlow(db, flowId);
  if (flow?.version !== draftVersion) {
    throw new Refusal(
      409,
      'changedMeanwhile',
      '下書きが先ほどから変わっています。内容をもう一度確かめてから、お試しください。',
    );
  }
  const made = makeRunnable(draft, await surroundingsOf(db, await audioIds()));
  if (!made.ok) {
    const errors = made.problems.filter(({ severity }) => severity === 'error');
    return {
      ok: false,
      errors: errors.map(({ message, mend, flowId: of, nodeId }) => ({ message, mend, flowId: of, nodeId })),
    };
  }
  const bundleId = `trial-${randomUUID()}`;
  const at = new Date(deed.atMs);
  await db.transaction().execute(async (trx) => {
    await holdUnderTest(trx, phoneNumbers);
    await trx
      .insertInto('flow_bundle')
      .values({
        bundle_id: bundleId,
        name: flow.draft.name,
        bundle: JSON.stringify({ ...made.flow.bundle, bundleId }),
        flow_id: flowId,
      })
      .execute();
    await trx
      .insertInto('telephone_trial')
      .values({ bundle_id: bundleId, ordered_by: deed.personId, ordered_at: at })
      .execute();
    await trx
      .updateTable('phone_number')
      .set({ ordered_trial_id: bundleId })
      .where('phone_number', 'in', phoneNumbers)
      .execute();
    await writeAudit(trx, {
      action: 'telephoneTrialOrdered',
      at: deed.atMs,
      userId: deed.personId,
      subject: bundleId,
      address: deed.address,
      detail: { flowId, phoneNumbers: phoneNumbers.join(' ') },
    });
    await forgetTrials(trx, at);
  });
  return { ok: true, bundleId };
}

async function holdUnderTest(trx: Database, phoneNumbers: readonly string[]): Promise<void> {
  const held = await trx
    .selectFrom('phone_number')
    .select('phone_number')
    .where('phone_number', 'in', phoneNumbers)
    .where('state', '=', 'test')
    .orderBy('phone_number')
    .forUpdate()
    .execute();
  if (held.length < new Set(phoneNumbers).size) {
    throw new Refusal(
      409,
      'notUnderTest',
      'この電話番号は、もう「テスト」ではありません。画面を開き直してください。',
    );
  }
}
