import { writeAudit } from '../../../accounts/index.ts';
import type { Database } from '../../../database/index.ts';
import { Refusal } from '../../../http/index.ts';
import type { Deed } from '../../publishing/propose.ts';

/** Lets test callers of a number reach the version in force again, and takes back what is ordered for it. @throws Refusal 404 */
export async function endTrial(db: Database, phoneNumber: string, deed: Deed): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const number = await trx
      .selectFrom('phone_number')
      .select(['trial_bundle_id', 'ordered_trial_id'])
      .where('phone_number', '=', phoneNumber)
      .forUpdate()
      .executeTakeFirst();
    if (number === undefined) throw new Refusal(404, 'numberGone', 'この電話番号は見つかりません。');
    const bundleId = number.trial_bundle_id ?? number.ordered_trial_id;
    // Somebody else was quicker.
    if (bundleId === null) return;
    await trx
      .updateTable('phone_number')
      .set({ trial_bundle_id: null, ordered_trial_id: null })
      .where('phone_number', '=', phoneNumber)
      .execute();
    await writeAudit(trx, {
      action: 'telephoneTrialEnded',
      at: deed.atMs,
      userId: deed.personId,
      subject: phoneNumber,
      address: deed.address,
      detail: { bundleId },
    });
  });
}
