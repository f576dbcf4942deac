import {
  expectationOf,
  type FlowDraft,
  FlowDraftSchema,
  type FlowTest,
  flowToTry,
  LANGUAGE_VERSION,
  runTrial,
  TrialSettingSchema,
} from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { SAMPLE_CALENDAR_ID, sampleCalendar } from '../sample-settings.ts';
import { readHouse } from './house.ts';

let admin: TestAdminServer;
let clerk: string;

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = (await admin.enter('staff')).cookie;
  const calendar = sampleCalendar();
  await admin.database.db
    .insertInto('calendar')
    .values({ calendar_id: SAMPLE_CALENDAR_ID, name: calendar.name, calendar: JSON.stringify(calendar) })
    .execute();
});
afterAll(() => admin?.stop());

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const reply = await admin.server.inject({
    method,
    url: `/api${url}`,
    headers: { cookie: clerk, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
}

const say = (text: string) => ({ type: 'text', text });
/** One announcement while it is open, another while it is closed. */
function draftOf(id: string, next = { open: 'open', closed: 'closed' }): FlowDraft {
  const guide = (title: string) => ({
    kind: 'announcement',
    title,
    prompt: say(`${title}です。`),
    next: { next: 'end' },
  });
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id,
    name: id,
    startNodeId: 'hours',
    nodes: {
      hours: {
        kind: 'openingHours',
        title: '開庁時間',
        calendarId: SAMPLE_CALENDAR_ID,
        next,
      },
      open: guide('開庁中の案内'),
      closed: guide('閉庁中の案内'),
      end: { kind: 'end' },
    },
  });
}
const bundleOf = (draft: FlowDraft) => ({
  bundleId: 'draft',
  entryFlowId: draft.id,
  flows: { [draft.id]: draft },
});

/** A run on 海の日. */
async function runOf(draft: FlowDraft): Promise<FlowTest> {
  const made = flowToTry(bundleOf(draft));
  if (!made.ok) throw new Error('refused');
  const house = await readHouse(admin.database.db, { lists: false });
  const setting = TrialSettingSchema.parse({
    at: '2026-07-20T10:00:00+09:00',
    phoneNumber: '0725001001',
    caller: { kind: 'withheld', number: null },
  });
  const inputs = [{ type: 'listenOut' as const }];
  return { setting, inputs, expected: expectationOf(runTrial(made.flow, house, setting, inputs)) };
}

test('a run is kept, found again, run against what is sent or stored, changed and removed', async () => {
  const draft = draftOf('kept');
  await ask('POST', '/flows', { flowId: 'kept', name: 'kept', draft });
  const kept = await runOf(draft);
  expect(kept.expected.path.map(({ branch }) => branch)).toEqual(['closed', 'next', 'end']);
  const { status, body } = await ask('POST', '/flows/kept/tests', { name: '祝日', test: kept });
  expect(status).toBe(201);
  expect((await ask('GET', '/flows/kept/tests')).body.tests).toMatchObject([
    { testId: body.testId, name: '祝日', test: kept, changedBy: { name: '試験' } },
  ]);
  expect((await ask('POST', '/flows/kept/test-runs', { bundle: null })).body.results).toMatchObject([
    { name: '祝日', passed: true, difference: null },
  ]);
  const changed = bundleOf(draftOf('kept', { open: 'closed', closed: 'open' }));
  expect((await ask('POST', '/flows/kept/test-runs', { bundle: changed })).body.results).toMatchObject([
    {
      passed: false,
      difference:
        '「開庁時間」で「閉庁中」のとき「閉庁中の案内」に進むはずが、「開庁中の案内」に進みました。',
      at: { flowId: 'kept', nodeId: 'hours' },
    },
  ]);
  const address = `/flows/kept/tests/${body.testId}`;
  expect(await ask('PUT', address, { name: '海の日', test: kept })).toMatchObject({ status: 200 });
  expect(await ask('DELETE', address)).toMatchObject({ status: 200 });
  expect(await ask('DELETE', address)).toMatchObject({ status: 404, body: { code: 'testGone' } });
  expect((await ask('GET', '/flows/kept/tests')).body.tests).toEqual([]);
});

test('a draft that does not pass its tests cannot be proposed for publishing', async () => {
  const draft = draftOf('held');
  await ask('POST', '/flows', { flowId: 'held', name: 'held', draft });
  await ask('POST', '/flows/held/tests', { name: '祝日', test: await runOf(draft) });
  await ask('PUT', '/flows/held', { draft: draftOf('held', { open: 'closed', closed: 'open' }), version: 1 });
  const { body } = await ask('GET', '/flows/held/publishing');
  expect(body.failedTests).toMatchObject([{ name: '祝日' }]);
  expect(body.failedTests[0].message).toContain('「閉庁中の案内」に進むはずが');
});

test('a trial is told calendars, numbers and names of lists, and who stands on them is told to nobody', async () => {
  const { db } = admin.database;
  await db.insertInto('number_list').values({ list_id: 'vip', name: '優先の番号' }).execute();
  await db.insertInto('number_list_entry').values({ list_id: 'vip', number: '09000009876' }).execute();
  const { body } = await ask('GET', '/trial-house');
  expect(body.calendars).toMatchObject([{ id: SAMPLE_CALENDAR_ID }]);
  expect(body.holidays['2026-07-20']).toBe('海の日');
  expect(body.lists).toEqual([{ id: 'vip', name: '優先の番号' }]);
  expect(JSON.stringify(body)).not.toContain('09000009876');
});

test('what is no test, a foreign draft and an unknown flow are refused', async () => {
  expect((await ask('POST', '/flows/kept/tests', { name: '', test: {} })).status).toBe(400);
  expect((await ask('POST', '/flows/kept/test-runs', { bundle: bundleOf(draftOf('x')) })).body.code).toBe(
    'otherFlow',
  );
  expect((await ask('POST', '/flows/nowhere/test-runs', { bundle: null })).status).toBe(404);
});
