import { randomUUID } from 'node:crypto';
import { type FlowTest, FlowTestSchema } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';

export type TestKept = {
  readonly testId: string;
  readonly name: string;
  readonly test: FlowTest;
  readonly changedAt: Date;
  readonly changedBy: { readonly personId: string; readonly name: string };
};

type By = { readonly personId: string; readonly at: Date };

/** Stands for somebody whose account is gone: what they did stays. */
const GONE = '登録のない職員';
/** More would make every publication slow. */
export const MOST_TESTS = 200;

/** Tests of a flow, by name. One that this version cannot read is left out. */
export async function readTests(db: Database, flowId: string): Promise<readonly TestKept[]> {
  const rows = await db
    .selectFrom('flow_test as t')
    .leftJoin('person as p', 'p.id', 't.changed_by')
    .select(['t.test_id', 't.name', 't.test', 't.changed_at', 't.changed_by', 'p.name as personName'])
    .where('t.flow_id', '=', flowId)
    .orderBy('t.name')
    .orderBy('t.test_id')
    .execute();
  return rows.flatMap((row) => {
    const test = FlowTestSchema.safeParse(row.test);
    if (!test.success) return [];
    const changedBy = { personId: row.changed_by, name: row.personName ?? GONE };
    return [{ testId: row.test_id, name: row.name, test: test.data, changedAt: row.changed_at, changedBy }];
  });
}

/** @returns its id; null where the flow has as many as it may have. */
export async function addTest(
  db: Database,
  flowId: string,
  { name, test }: { readonly name: string; readonly test: FlowTest },
  { personId, at }: By,
): Promise<string | null> {
  const { count } = await db
    .selectFrom('flow_test')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('flow_id', '=', flowId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_TESTS) return null;
  const testId = randomUUID();
  await db
    .insertInto('flow_test')
    .values({
      test_id: testId,
      flow_id: flowId,
      name,
      test: JSON.stringify(test),
      changed_at: at,
      changed_by: personId,
    })
    .execute();
  return testId;
}

/** @returns false where there is no such test. */
export async function changeTest(
  db: Database,
  { flowId, testId }: { readonly flowId: string; readonly testId: string },
  { name, test }: { readonly name: string; readonly test: FlowTest },
  { personId, at }: By,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('flow_test')
    .set({ name, test: JSON.stringify(test), changed_at: at, changed_by: personId })
    .where('flow_id', '=', flowId)
    .where('test_id', '=', testId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns false where there is no such test. */
export async function removeTest(
  db: Database,
  { flowId, testId }: { readonly flowId: string; readonly testId: string },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('flow_test')
    .where('flow_id', '=', flowId)
    .where('test_id', '=', testId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
