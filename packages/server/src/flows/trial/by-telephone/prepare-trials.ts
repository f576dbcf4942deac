import type { Logger } from 'pino';
import { writeAudit } from '../../../accounts/index.ts';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../../database/index.ts';
import { makeSounds, type OpenPrompts } from '../../make-sounds.ts';

export type TrialParts = {
  readonly db: Database;
  readonly promptsFor: OpenPrompts;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
};

/**
 * Makes the sounds of every ordered trial that a number still waits for, the earliest first, and lets test callers reach it. Safe to repeat
 * and to run twice.
 */
export async function prepareTrials({ db, promptsFor, clock, log }: TrialParts): Promise<void> {
  const waiting = await db
    .selectFrom('telephone_trial as t')
    .innerJoin('flow_bundle as b', 'b.bundle_id', 't.bundle_id')
    .select(['t.bundle_id', 'b.bundle'])
    .where('t.failed_because', 'is', null)
    .where('t.bundle_id', 'in', (select) =>
      select
        .selectFrom('phone_number')
        .select('ordered_trial_id')
        .where('ordered_trial_id', 'is not', null)
        .$castTo<{ ordered_trial_id: string }>(),
    )
    .orderBy('t.ordered_at')
    .execute();
  for (const { bundle_id, bundle } of waiting) {
    const failure = await makeSounds(promptsFor, bundle);
    if (failure === null) {
      await beginTrial(db, bundle_id, clock.now());
      continue;
    }
    log.warn({ bundleId: bundle_id, code: failure.code }, 'the sounds of a trial cannot be made');
    await db
      .updateTable('telephone_trial')
      .set({ failed_because: failure.message })
      .where('bundle_id', '=', bundle_id)
      .execute();
  }
}

/** Puts a trial whose sounds lie ready on the numbers that still wait for it; those that are not under test any more are left as they are. */
async function beginTrial(db: Database, bundleId: string, atMs: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const waiting = await trx
      .selectFrom('phone_number')
      .select(['phone_number', 'state'])
      .where('ordered_trial_id', '=', bundleId)
      .orderBy('phone_number')
      .forUpdate()
      .execute();
    const begun = waiting.filter(({ state }) => state === 'test').map((row) => row.phone_number);
    await trx
      .updateTable('phone_number')
      .set({ ordered_trial_id: null })
      .where('ordered_trial_id', '=', bundleId)
      .execute();
    if (begun.length === 0) return;
    await trx
      .updateTable('phone_number')
      .set({ trial_bundle_id: bundleId })
      .where('phone_number', 'in', begun)
      .execute();
    const { ordered_by } = await trx
      .selectFrom('telephone_trial')
      .select('ordered_by')
      .where('bundle_id', '=', bundleId)
      .executeTakeFirstOrThrow();
    await writeAudit(trx, {
      action: 'telephoneTrialBegun',
      at: atMs,
      userId: ordered_by,
      subject: bundleId,
      address: null,
      detail: { phoneNumbers: begun.join(' ') },
    });
  });
}
