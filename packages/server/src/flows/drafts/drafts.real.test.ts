import {
  bundleOfFlows,
  exampleParameters,
  type FlowDraft,
  FlowDraftSchema,
  healthTemplate,
  LANGUAGE_VERSION,
} from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { adoptPublished } from './adopt-published.ts';
import { assembleBundle } from './assemble.ts';

let admin: TestAdminServer;
let clerk: string;
let colleague: string;

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = (await admin.enter('staff', 'clerk@example.jp')).cookie;
  colleague = (await admin.enter('staff', 'colleague@example.jp')).cookie;
});
afterAll(() => admin?.stop());

async function ask(cookie: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
}

/** A flow of two nodes; `leadsTo` names another flow. */
function draftOf(id: string, leadsTo?: string): FlowDraft {
  const end = leadsTo === undefined ? { kind: 'end' } : { kind: 'goToFlow', flowId: leadsTo };
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id,
    name: `フロー${id}`,
    startNodeId: 'hello',
    nodes: {
      hello: {
        kind: 'announcement',
        prompt: { type: 'text', text: 'こちらは窓口です。' },
        next: { next: 'end' },
      },
      end,
    },
  });
}

test('a new flow is empty, is kept as it is saved, and appears in the list', async () => {
  expect(
    await ask(clerk, 'POST', '/api/flows', { flowId: 'first', name: '最初', draft: null }),
  ).toMatchObject({
    status: 201,
  });
  expect(
    await ask(clerk, 'POST', '/api/flows', { flowId: 'first', name: '二つ目', draft: null }),
  ).toMatchObject({ status: 409, body: { code: 'flowIdTaken' } });
  const draft = { ...draftOf('first'), name: '最初' };
  expect((await ask(clerk, 'PUT', '/api/flows/first', { draft, version: 1 })).body).toEqual({ version: 2 });
  const { body } = await ask(clerk, 'GET', '/api/flows/first');
  expect(body.flow).toMatchObject({ draft, version: 2, changedBy: { name: '試験' } });
  expect((await ask(clerk, 'GET', '/api/flows')).body.flows).toMatchObject([
    { flowId: 'first', nodes: 2, version: null, isChanged: true, numbers: [] },
  ]);
});

test('who saves over a newer draft is given it, and overwrites nothing', async () => {
  await ask(clerk, 'POST', '/api/flows', { flowId: 'shared', name: '共有', draft: draftOf('shared') });
  const mine = { ...draftOf('shared'), name: '私の変更' };
  const theirs = { ...draftOf('shared'), name: '先の変更' };
  expect(await ask(colleague, 'PUT', '/api/flows/shared', { draft: theirs, version: 1 })).toMatchObject({
    status: 200,
  });
  const refused = await ask(clerk, 'PUT', '/api/flows/shared', { draft: mine, version: 1 });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'changedMeanwhile', newest: { draft: { name: '先の変更' }, version: 2 } },
  });
  expect((await ask(clerk, 'GET', '/api/flows/shared')).body.flow.draft.name).toBe('先の変更');
});

test('two who have one flow open see each other, for as long as they have', async () => {
  await ask(clerk, 'POST', '/api/flows', { flowId: 'open', name: '共有', draft: null });
  const present = async (cookie: string, windowId: string) =>
    (await ask(cookie, 'PUT', '/api/flows/open/presence', { windowId })).body;
  expect(await present(clerk, 'window-of-clerk')).toEqual({ others: [], version: 1 });
  // A second window of the same person is nobody else.
  expect((await present(clerk, 'second-window')).others).toEqual([]);
  expect((await present(colleague, 'window-of-colleague')).others).toHaveLength(1);
  admin.offset.ms += 26_000;
  expect((await present(colleague, 'window-of-colleague')).others).toEqual([]);
});

test('a flow is put together with those that it leads to; one that a number uses is not removed', async () => {
  for (const draft of [draftOf('entry', 'branch'), draftOf('branch'), draftOf('stranger')]) {
    await ask(clerk, 'POST', '/api/flows', { flowId: draft.id, name: draft.name, draft });
  }
  const bundle = await assembleBundle(admin.database.db, 'entry', 'b1');
  expect(Object.keys(bundle?.flows ?? {})).toEqual(['entry', 'branch']);
  expect(await ask(clerk, 'DELETE', '/api/flows/stranger?version=1')).toMatchObject({ status: 200 });
  expect(await ask(clerk, 'GET', '/api/flows/stranger')).toMatchObject({ status: 404 });
  await admin.database.db
    .insertInto('phone_number')
    .values({ phone_number: '0725001099', name: '試験', flow_id: 'entry', state: 'preparing' })
    .execute();
  expect(await ask(clerk, 'DELETE', '/api/flows/entry?version=1')).toMatchObject({
    status: 409,
    body: { code: 'belongsToNumber' },
  });
});

test('a house of before finds its published flows as drafts, unchanged', async () => {
  const { db } = admin.database;
  const parameters = { ...exampleParameters(healthTemplate), calendarId: 'city-hall' };
  const bundle = bundleOfFlows('old-1', healthTemplate.make(parameters));
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'old-1', name: '保健', bundle: JSON.stringify(bundle) })
    .execute();
  await db
    .insertInto('phone_number')
    .values({ phone_number: '0725001098', name: '保健', state: 'live', bundle_id: 'old-1' })
    .execute();
  await adoptPublished(db, new Date());
  await adoptPublished(db, new Date());
  const { body } = await ask(clerk, 'GET', '/api/flows');
  const adopted = body.flows.find((flow: { flowId: string }) => flow.flowId === bundle.entryFlowId);
  expect(adopted).toMatchObject({
    version: 1,
    isChanged: false,
    changedBy: null,
    numbers: [{ phoneNumber: '0725001098' }],
  });
});

test('staff may see and edit; without signing in nothing is told', async () => {
  expect((await ask('', 'GET', '/api/flows')).status).toBe(401);
  expect(
    (await ask(clerk, 'PUT', '/api/flows/first', { draft: draftOf('other'), version: 2 })).body,
  ).toMatchObject({
    code: 'otherFlow',
  });
});
