import { type FlowDraft, FlowDraftSchema, flowTemplates, LANGUAGE_VERSION } from '@madoguchi/flow';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';

let admin: TestAdminServer;
let clerk: { cookie: string; userId: string };

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = await admin.enter('staff', 'clerk@example.jp');
});
afterAll(() => admin?.stop());

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie: clerk.cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
}

const add = (flows: readonly FlowDraft[]) => ask('POST', '/api/flow-imports', { flows, from: 'file' });

/** A flow of one node, which leads to the flow `leadsTo`. */
function draftOf(id: string, leadsTo: string, name = `フロー${id}`): FlowDraft {
  const nodes = { on: { kind: 'goToFlow', title: '次へ', flowId: leadsTo } };
  return FlowDraftSchema.parse({ languageVersion: LANGUAGE_VERSION, id, name, startNodeId: 'on', nodes });
}

async function idsThere(): Promise<readonly string[]> {
  const { body } = await ask('GET', '/api/flows');
  return body.flows.map(({ flowId }: { flowId: string }) => flowId);
}

async function targetOf(flowId: string): Promise<unknown> {
  return (await ask('GET', `/api/flows/${flowId}`)).body.flow.draft.nodes.on.flowId;
}

test('flows that are free keep their ids and are audited one by one', async () => {
  expect(await add([draftOf('free-a', 'free-b'), draftOf('free-b', 'free-a')])).toMatchObject({
    status: 201,
    body: { flowIds: ['free-a', 'free-b'] },
  });
  expect(await idsThere()).toEqual(expect.arrayContaining(['free-a', 'free-b']));
  const audited = await admin.database.db
    .selectFrom('audit_log')
    .select(['subject', 'user_id', 'detail'])
    .where('action', '=', 'flowAdded')
    .where('subject', 'like', 'free-%')
    .orderBy('subject')
    .execute();
  expect(audited).toEqual(
    ['free-a', 'free-b'].map((subject) => ({ subject, user_id: clerk.userId, detail: { from: 'file' } })),
  );
});

test('flows of which one is there already get another id, and lead to each other as before', async () => {
  await add([draftOf('kept', 'elsewhere')]);
  const { body } = await add([draftOf('kept', 'other'), draftOf('other', 'kept')]);
  const [kept, other] = body.flowIds;
  expect(kept).toMatch(/^kept-/);
  expect(other).toBe('other');
  expect(await targetOf(kept)).toBe('other');
  expect(await targetOf('other')).toBe(kept);
  expect(await targetOf('kept')).toBe('elsewhere');
});

test('the id of a removed flow, and one that is an address of the page, are replaced, too', async () => {
  await add([draftOf('gone', 'gone')]);
  await ask('DELETE', '/api/flows/gone?version=1');
  const { status, body } = await add([draftOf('gone', 'new'), draftOf('new', 'gone')]);
  expect(status).toBe(201);
  expect(body.flowIds).toEqual([expect.stringMatching(/^gone-/), expect.stringMatching(/^new-/)]);
  expect(await targetOf(body.flowIds[0])).toBe(body.flowIds[1]);
});

test('where somebody takes an id at the same moment none of the flows is added', async () => {
  const { db } = admin.database;
  let adding: ReturnType<typeof add> | undefined;
  await db.transaction().execute(async (trx) => {
    const theirs = draftOf('late-b', 'late-b');
    await trx
      .insertInto('flow')
      .values({
        flow_id: 'late-b',
        name: theirs.name,
        draft: JSON.stringify(theirs),
        changed_by: null,
        changed_at: new Date(),
        removed_at: null,
      })
      .execute();
    adding = add([draftOf('late-a', 'late-b'), draftOf('late-b', 'late-a')]);
    await expect.poll(waitingStatements, { timeout: 10_000 }).toBe(1);
  });
  expect(await adding).toMatchObject({ status: 409, body: { code: 'flowIdTaken' } });
  const there = await idsThere();
  expect(there).toContain('late-b');
  expect(there).not.toContain('late-a');
});

/** How many statements wait for another transaction to end. */
async function waitingStatements(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(admin.database.db);
  return rows[0]?.waiting ?? 0;
}

test.each([
  ['a text that cannot be kept', { name: '文字化け\u0000' }, 422, 'unstorableText'],
  ['half a character', { name: '文字化け\ud83d' }, 422, 'unstorableText'],
  ['no name', { name: '  ' }, 400, 'invalidInput'],
  ['the id of the one before', { id: 'good' }, 400, 'invalidInput'],
] as const)('a flow with %s is refused with the good one before it', async (_what, wrong, status, code) => {
  const told = await add([draftOf('good', 'bad'), { ...draftOf('bad', 'good'), ...wrong }]);
  expect(told).toMatchObject({ status, body: { code } });
  expect(await idsThere()).not.toContain('good');
});

test('what looks like a code for such a character is a text like any other', async () => {
  expect((await add([draftOf('codes', 'codes', '\\u0000 \\\\ud83d')])).status).toBe(201);
});

test('every template can be added twice', async () => {
  for (const template of [...flowTemplates, ...flowTemplates]) {
    expect((await add(template.make({}))).status).toBe(201);
  }
});

test('nobody adds flows without signing in', async () => {
  const reply = await admin.server.inject({
    method: 'POST',
    url: '/api/flow-imports',
    headers: { origin: TEST_ORIGIN },
    payload: { flows: [draftOf('stranger', 'stranger')], from: 'file' },
  });
  expect(reply.statusCode).toBe(401);
});
