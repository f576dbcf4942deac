import { BundleDraftSchema } from '@madoguchi/flow';
import { showNumber } from '../../../calls/reading/index.ts';
import type { Database } from '../../../database/index.ts';
import type { NumberUnderTest, TelephoneTrial } from '../../../http/telephone-trial-contract.ts';
import { isDraftNewer } from '../../drafts/is-draft-newer.ts';
import { readFlows } from '../../drafts/read-flows.ts';

/** Stands for somebody whose account is gone: what they did stays. */
const GONE = '登録のない職員';

/** The numbers under test with what is on trial there and what is on its way, by number. */
export async function readTrials(db: Database): Promise<NumberUnderTest[]> {
  const numbers = await db
    .selectFrom('phone_number')
    .select(['phone_number', 'name', 'trial_bundle_id', 'ordered_trial_id'])
    .where('state', '=', 'test')
    .orderBy('phone_number')
    .execute();
  const ids = numbers.flatMap((row) => [row.trial_bundle_id ?? [], row.ordered_trial_id ?? []].flat());
  const trials = await trialsById(db, ids);
  return numbers.map((row) => {
    const trial = trials.get(row.trial_bundle_id ?? '');
    const ordered = trials.get(row.ordered_trial_id ?? '');
    return {
      phoneNumber: row.phone_number,
      shown: showNumber(row.phone_number),
      name: row.name,
      trial: trial?.shown ?? null,
      ordered: ordered === undefined ? null : { ...ordered.shown, failedBecause: ordered.failedBecause },
    };
  });
}

type ReadTrial = { readonly shown: TelephoneTrial; readonly failedBecause: string | null };

async function trialsById(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, ReadTrial>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('telephone_trial as t')
    .innerJoin('flow_bundle as b', 'b.bundle_id', 't.bundle_id')
    .leftJoin('person', 'person.id', 't.ordered_by')
    .select(['t.bundle_id', 't.ordered_by', 't.ordered_at', 't.failed_because'])
    .select(['b.flow_id', 'b.name', 'b.bundle', 'person.name as orderer'])
    .where('t.bundle_id', 'in', ids)
    .execute();
  const flows = await readFlows(db);
  return new Map(
    rows.map((row) => [
      row.bundle_id,
      {
        shown: {
          bundleId: row.bundle_id,
          flowId: row.flow_id ?? '',
          flowName: row.name,
          orderedAt: row.ordered_at.toISOString(),
          orderedBy: { personId: row.ordered_by, name: row.orderer ?? GONE },
          isDraftNewer: isDraftNewer(BundleDraftSchema.parse(row.bundle), flows),
        },
        failedBecause: row.failed_because,
      },
    ]),
  );
}
