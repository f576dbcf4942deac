import { type BundleDraft, type FlowTestResult, runFlowTests } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { readHouse } from './house.ts';
import { readTests, type TestKept } from './keep-tests.ts';

/** Makes every run that was kept for a flow again, through a bundle that begins with it. */
export async function runTests(
  db: Database,
  flowId: string,
  bundle: BundleDraft,
): Promise<readonly { readonly test: TestKept; readonly result: FlowTestResult }[]> {
  const tests = await readTests(db, flowId);
  if (tests.length === 0) return [];
  const house = await readHouse(db, { lists: false });
  const results = runFlowTests(
    bundle,
    house,
    tests.map(({ test }) => test),
  );
  return tests.flatMap((test, index) => {
    const result = results[index];
    return result === undefined ? [] : [{ test, result }];
  });
}

/** Tests of a flow that do not pass, in words for staff: asked before each publication, which they stand in the way of. */
export async function failedTests(
  db: Database,
  flowId: string,
  { bundle }: { readonly bundle: BundleDraft },
): Promise<readonly { readonly name: string; readonly message: string }[]> {
  const ran = await runTests(db, flowId, bundle);
  return ran.flatMap(({ test, result }) =>
    result.passed ? [] : [{ name: test.name, message: result.difference }],
  );
}
