import { eligibilityTemplate, exampleParameters } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchFor, began, TEST_NUMBER, testCall, writeTestCall } from '../../calls/reading/test-calls.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';

const FLOWS = eligibilityTemplate.make(exampleParameters(eligibilityTemplate));
const [ENTRY] = FLOWS;
const flowId = ENTRY?.id ?? '';
const nodeId = ENTRY?.startNodeId ?? '';

let admin: TestAdminServer;
let cookie: string;

beforeAll(async () => {
  admin = await startTestAdminServer();
  cookie = (await admin.enter('staff')).cookie;
  const { db } = admin.database;
  const added = await admin.server.inject({
    method: 'POST',
    url: '/api/flows',
    headers: { cookie, origin: TEST_ORIGIN },
    payload: { flowId, name: '窓口', draft: ENTRY },
  });
  expect(added.statusCode).toBe(201);
  const bundle = {
    bundleId: 'second',
    entryFlowId: flowId,
    flows: Object.fromEntries(FLOWS.map((flow) => [flow.id, flow])),
  };
  await db
    .insertInto('flow_bundle')
    .values({
      bundle_id: 'second',
      name: '窓口',
      bundle: JSON.stringify(bundle),
      flow_id: flowId,
      version_no: 2,
    })
    .execute();
  // In Japan 23:30 on the 23rd, and 00:30 on the 24th.
  for (const beganAt of ['2026-11-23T14:30:00Z', '2026-11-23T15:30:00Z', '2026-11-23T15:40:00Z']) {
    const call = testCall({ bundleId: 'second', beganAt: Date.parse(beganAt) });
    const taken = [{ flowId, nodeId, branch: 'next' }];
    await writeTestCall(
      db,
      batchFor(call, [{ event: began(call) }, { event: { type: 'answered' }, nodeId, taken }]),
    );
  }
});
afterAll(() => admin?.stop());

async function read(path: string, headers: Record<string, string> = { cookie }) {
  const reply = await admin.server.inject({ method: 'GET', url: `/api/flows/${path}`, headers });
  return { status: reply.statusCode, body: reply.json() };
}
const countsFor = (query: string) => read(`${flowId}/counts?bundleId=second&${query}`);

test('a call counts on the Japanese day on which it began, and both days of a period are in it', async () => {
  const day = async (from: string, to: string) => {
    const { body } = await countsFor(`from=${from}&to=${to}`);
    return [body.calls, body.branches.map(({ count }: { count: number }) => count)];
  };
  expect(await day('2026-11-23', '2026-11-23')).toEqual([1, [1]]);
  expect(await day('2026-11-24', '2026-11-24')).toEqual([2, [2]]);
  expect(await day('2026-11-23', '2026-11-24')).toEqual([3, [3]]);
  expect(await day('2026-12-01', '2026-12-31')).toEqual([0, []]);
});

test('the calls of one number can be looked at alone, and the numbers to choose from stay the same', async () => {
  const period = 'from=2026-11-01&to=2026-11-30';
  const numbers = [{ phoneNumber: TEST_NUMBER, shown: '0725-00-1001', name: '登録のない番号', calls: 3 }];
  expect((await countsFor(`${period}&phoneNumber=${TEST_NUMBER}`)).body).toMatchObject({ calls: 3, numbers });
  const other = await countsFor(`${period}&phoneNumber=0725001999`);
  expect(other.body).toMatchObject({ calls: 0, branches: [], places: [], numbers });
});

test('a version is shown as it was published, whatever became of the draft, its first flow first', async () => {
  const { status, body } = await read(`${flowId}/versions/second`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ bundleId: 'second', versionNo: 2, entryFlowId: flowId });
  expect(body.flows[0]).toEqual(ENTRY);
});

test('what cannot be answered is said: a version of another flow, a period that runs backwards, nobody signed in', async () => {
  const period = 'from=2026-11-01&to=2026-11-30';
  expect(await read('other/versions/second')).toMatchObject({ status: 404, body: { code: 'notFound' } });
  expect(await read(`other/counts?bundleId=second&${period}`)).toMatchObject({ status: 404 });
  expect(await read(`${flowId}/counts?bundleId=first&${period}`)).toMatchObject({ status: 404 });
  const backwards = await countsFor('from=2026-11-30&to=2026-11-01');
  expect(backwards).toMatchObject({ status: 400, body: { code: 'periodBackwards' } });
  expect(await countsFor('from=November&to=2026-11-01')).toMatchObject({ status: 400 });
  expect(await read(`${flowId}/counts?bundleId=second&${period}`, {})).toMatchObject({ status: 401 });
  expect(await read(`${flowId}/versions/second`, {})).toMatchObject({ status: 401 });
});
