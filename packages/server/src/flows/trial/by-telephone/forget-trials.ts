import type { Database } from '../../../database/index.ts';

/** Longer than any call, and than the records of one may wait for the database. */
const KEPT_MS = 7 * 86_400_000;

/** Removes what was on trial where no number needs it and nobody called meanwhile: records of calls tell of it, and need it for ever. */
export async function forgetTrials(trx: Database, at: Date): Promise<void> {
  await trx
    .deleteFrom('flow_bundle as b')
    .using('telephone_trial as t')
    .whereRef('t.bundle_id', '=', 'b.bundle_id')
    .where('t.ordered_at', '<', new Date(at.getTime() - KEPT_MS))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('phone_number as n')
            .select('n.phone_number')
            .where((needs) =>
              needs.or([
                needs('n.trial_bundle_id', '=', needs.ref('b.bundle_id')),
                needs('n.ordered_trial_id', '=', needs.ref('b.bundle_id')),
              ]),
            ),
        ),
      ),
    )
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('call_summary as c')
            .select('c.call_id')
            .whereRef('c.bundle_id', '=', 'b.bundle_id')
            .where('c.is_test', '=', true),
        ),
      ),
    )
    .execute();
}
