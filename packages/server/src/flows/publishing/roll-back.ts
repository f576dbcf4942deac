import { loadPublished, type RunnableFlow } from '@madoguchi/flow';
import { writeAudit } from '../../accounts/index.ts';
import { asksRemovedCalendar } from '../../calendars/index.ts';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import type { Deed } from './propose.ts';

export type RollBackParts = {
  readonly db: Database;
  /** Makes the version's speech ready for the telephone, so that no call waits for it. What fails is heard by the readings of now: no reason to stay. */
  readonly makeReady: (version: RunnableFlow) => Promise<void>;
};

/**
 * Puts a published version in force for a number at once. Only one that was approved for this number, or is older than approvals: going back is
 * no way round them.
 * @param from version that the person saw in force
 * @throws Refusal
 */
export async function putInForce(
  { db, makeReady }: RollBackParts,
  phoneNumber: string,
  { bundleId, from }: { readonly bundleId: string; readonly from: string | null },
  deed: Deed,
): Promise<void> {
  const stored = await db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirst();
  if (stored !== undefined) await makeReady(loadPublished(stored.bundle));
  await db.transaction().execute(async (trx) => {
    const number = await trx
      .selectFrom('phone_number')
      .select(['bundle_id', 'flow_id'])
      .where('phone_number', '=', phoneNumber)
      .forUpdate()
      .executeTakeFirst();
    if (number === undefined) throw new Refusal(404, 'notFound', 'この電話番号は見つかりません。');
    if (number.bundle_id !== from)
      throw new Refusal(
        409,
        'changedMeanwhile',
        'ほかの職員が先に版を変えました。画面を開き直してください。',
      );
    const version = await trx
      .selectFrom('flow_bundle')
      .select('version_no')
      .where('bundle_id', '=', bundleId)
      .where('flow_id', '=', number.flow_id)
      .where('version_no', 'is not', null)
      .where((where) =>
        where.or([
          where.not(where.exists(proposalsOf(trx, bundleId).select('proposal_id'))),
          where.exists(
            proposalsOf(trx, bundleId)
              .innerJoin('proposal_number as n', 'n.proposal_id', 'proposal.proposal_id')
              .select('n.phone_number')
              .where('n.phone_number', '=', phoneNumber),
          ),
        ]),
      )
      .executeTakeFirst();
    if (version === undefined)
      throw new Refusal(422, 'notApproved', 'この電話番号のために決裁された版ではありません。');
    if (await asksRemovedCalendar(trx, bundleId))
      throw new Refusal(
        422,
        'calendarRemoved',
        'この版が使う開庁日カレンダーは、すでに削除されています。この版には戻せません。',
      );
    await trx
      .updateTable('phone_number')
      .set({ bundle_id: bundleId })
      .where('phone_number', '=', phoneNumber)
      .execute();
    await writeAudit(trx, {
      action: 'versionRolledBack',
      at: deed.atMs,
      userId: deed.personId,
      subject: phoneNumber,
      address: deed.address,
      detail: { bundleId, from },
    });
  });
}

function proposalsOf(db: Database, bundleId: string) {
  return db.selectFrom('proposal').where('proposal.bundle_id', '=', bundleId);
}
