import { freePort } from '@madoguchi/telephony';
import { draftOf, type Trunk, type TrunkDraft, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { everyRow } from '../../database/test-database.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import {
  TrunkLinesSchema,
  TrunkListSchema,
  TrunkProblemsSchema,
  TrunkSavedSchema,
  TrunkTestResultSchema,
} from '../../http/trunk-contract.ts';
import { createSeal, newSealKeys } from '../../seal.ts';
import { createLineUseSayer, firstTrunk, layFirstTrunk, readTrunks } from '../index.ts';
import { sealTrunk } from '../sealed-trunk.ts';

const SECRET = 'never-to-be-shown';
const FIRST = firstTrunk({ host: '127.0.0.1', port: 5060 });

let admin: TestAdminServer;
let cookie: string;
let userId: string;
beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie, userId } = await admin.enter('administrator'));
  await layFirstTrunk(admin.database.db, FIRST, admin.trunkSeal);
});
afterAll(async () => {
  await admin?.stop();
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function ask(method: Method, url: string, payload?: object, as = cookie) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie: as, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = reply.json();
  return { status: reply.statusCode, body, text: reply.body };
}

async function listed() {
  return TrunkListSchema.parse((await ask('GET', '/api/trunks')).body).trunks;
}

function trunkAt(host: string, id: string): Trunk {
  return trunkOfProfile('register050', {
    id,
    name: '試験の回線',
    host,
    accounts: [{ number: '0725001001', user: 'counter', password: SECRET }],
  });
}

function draft(host: string, changes: Partial<TrunkDraft> = {}): TrunkDraft {
  const made = trunkAt(host, 'any');
  return { ...draftOf(made), accounts: made.accounts, ...changes };
}

async function added(entry: TrunkDraft) {
  const reply = await ask('POST', '/api/trunks', { draft: entry });
  expect(reply).toMatchObject({ status: 201 });
  return TrunkSavedSchema.parse(reply.body);
}

/** As the telephone gets it. */
async function passwordOf(trunkId: string): Promise<string | undefined> {
  const trunks = await readTrunks(admin.database.db, admin.trunkSeal, () => undefined);
  return trunks.find(({ id }) => id === trunkId)?.accounts[0]?.password;
}

async function remove(trunkId: string): Promise<void> {
  const { version } = (await listed()).find((each) => each.trunkId === trunkId) ?? { version: 0 };
  expect(await ask('DELETE', `/api/trunks/${trunkId}?version=${version}`)).toMatchObject({ status: 200 });
}

test('only an administrator sees or touches the trunks', async () => {
  const staff = await admin.enter('staff');
  const entry = draft('192.0.2.30');
  for (const [method, url, payload] of [
    ['GET', '/api/trunks'],
    ['POST', '/api/trunks', { draft: entry }],
    ['PUT', '/api/trunks/main', { draft: entry, version: 1 }],
    ['DELETE', '/api/trunks/main?version=1'],
    ['PUT', '/api/trunk-order', { trunkIds: ['main'] }],
    ['POST', '/api/trunk-tests', { draft: entry, trunkId: null }],
  ] satisfies [Method, string, object?][]) {
    expect([url, (await ask(method, url, payload, staff.cookie)).status]).toEqual([url, 403]);
    expect([url, (await ask(method, url, payload, '')).status]).toEqual([url, 401]);
  }
  expect((await listed()).map(({ trunkId }) => trunkId)).toEqual(['main']);
});

test('a password goes in and never comes out: not in the list, in an answer, in any table or in the log; left empty it stays', async () => {
  const { trunkId, version } = await added(draft('192.0.2.31'));
  const stored = (await listed()).find((each) => each.trunkId === trunkId);
  expect(stored?.draft.accounts).toEqual([{ number: '0725001001', user: 'counter', password: null }]);
  expect(stored?.changedBy).toBe('試験');
  const change = {
    draft: { ...draft('192.0.2.31', { name: '別の名' }), accounts: stored?.draft.accounts },
    version,
  };
  const changed = await ask('PUT', `/api/trunks/${trunkId}`, change);
  expect(changed).toMatchObject({ status: 200, body: { version: version + 1 } });
  const row = await admin.database.db
    .selectFrom('trunk')
    .selectAll()
    .where('trunk_id', '=', trunkId)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ changed_by: userId, settings: { name: '別の名' } });
  expect(await passwordOf(trunkId)).toBe(SECRET);
  const trail = await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'user_id', 'subject', 'detail'])
    .where('subject', '=', trunkId)
    .orderBy('audit_id')
    .execute();
  expect(trail).toEqual([
    { action: 'trunkAdded', user_id: userId, subject: trunkId, detail: {} },
    { action: 'trunkChanged', user_id: userId, subject: trunkId, detail: { version: 2, fields: 'name' } },
  ]);
  const spoken = [
    (await ask('GET', '/api/trunks')).text,
    changed.text,
    ...Object.values(await everyRow(admin.database.db)),
    ...admin.logLines,
  ];
  expect(spoken.filter((text) => text.includes(SECRET))).toEqual([]);
  await remove(trunkId);
});

test('a change that was made meanwhile by somebody else is not overwritten, and the answer says that nothing typed is lost', async () => {
  const { trunkId, version } = await added(draft('192.0.2.32'));
  const change = (name: string) =>
    ask('PUT', `/api/trunks/${trunkId}`, { draft: draft('192.0.2.32', { name }), version });
  const replies = await Promise.all([change('一人目'), change('二人目')]);
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(replies.find(({ status }) => status === 409)?.body).toEqual({
    code: 'changedMeanwhile',
    message: expect.stringContaining('入力した内容はこの画面に残っています'),
  });
  expect((await ask('DELETE', `/api/trunks/${trunkId}?version=${version}`)).status).toBe(409);
  await remove(trunkId);
});

test('two people who add trunks of the same address at once: one of them is told beside which field', async () => {
  const replies = await Promise.all(
    ['一', '二'].map((name) => ask('POST', '/api/trunks', { draft: draft('192.0.2.33', { name }) })),
  );
  expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  const { problems } = TrunkProblemsSchema.parse(replies.find(({ status }) => status === 422)?.body);
  expect(problems.map(({ path }) => path)).toEqual(['host', 'accounts.0.number']);
  const saved = replies.find(({ status }) => status === 201);
  await remove(TrunkSavedSchema.parse(saved?.body).trunkId);
});

test('a port of ours that another trunk behind address translation has, or the telephone itself, is refused beside its field', async () => {
  const nat = (localPort: number) => ({ publicAddress: '198.51.100.9', localPort, localNetworks: [] });
  const { trunkId } = await added(draft('192.0.2.37', { nat: nat(5080) }));
  for (const localPort of [5080, 5060]) {
    const other = draft('192.0.2.38', { profile: 'sbc', accounts: [], nat: nat(localPort) });
    const reply = await ask('POST', '/api/trunks', { draft: other });
    expect(reply.status).toBe(422);
    expect(TrunkProblemsSchema.parse(reply.body).problems).toEqual([
      { path: 'nat.localPort', message: expect.stringContaining('ほかの番号を入力してください') },
    ]);
  }
  await remove(trunkId);
});

test('the order is changed as a whole, and the last trunk cannot be removed', async () => {
  const { trunkId } = await added(draft('192.0.2.34'));
  const order = (trunkIds: readonly string[]) => ask('PUT', '/api/trunk-order', { trunkIds });
  expect((await order([trunkId, 'main'])).status).toBe(200);
  expect((await listed()).map((each) => each.trunkId)).toEqual([trunkId, 'main']);
  for (const wrong of [['main'], ['main', 'main'], ['main', trunkId, 'third']]) {
    expect((await order(wrong)).status).toBe(409);
  }
  await remove(trunkId);
  const [last] = await listed();
  expect(await ask('DELETE', `/api/trunks/main?version=${last?.version}`)).toMatchObject({
    status: 409,
    body: { code: 'lastTrunk' },
  });
});

test('the first trunk that staff took away does not come back with the next start, while they have another', async () => {
  const { db } = admin.database;
  const { trunkId } = await added(draft('192.0.2.35'));
  await remove('main');
  await layFirstTrunk(db, FIRST, admin.trunkSeal);
  expect((await listed()).map((each) => each.trunkId)).toEqual([trunkId]);
  await db.deleteFrom('trunk').execute();
  await layFirstTrunk(db, FIRST, admin.trunkSeal);
  expect((await listed()).map((each) => each.trunkId)).toEqual(['main']);
});

test('a test of the stored settings is kept with name and time and grows old with a change; one of what is only typed is not kept', async () => {
  const port = await freePort();
  const { trunkId, version } = await added(draft('127.0.0.9', { port }));
  const kept = draft('127.0.0.9', {
    port,
    accounts: [{ number: '0725001001', user: 'counter', password: null }],
  });
  const run = (entry: TrunkDraft) => ask('POST', '/api/trunk-tests', { draft: entry, trunkId });
  const lastTest = async () => (await listed()).find((each) => each.trunkId === trunkId)?.lastTest;
  expect((await run({ ...kept, name: '' })).status).toBe(422);
  expect((await run({ ...kept, checkEveryS: 61 })).status).toBe(200);
  expect(await lastTest()).toBeNull();
  expect(await run(kept)).toMatchObject({
    status: 200,
    body: {
      trunk: { verdict: 'bad', text: expect.stringContaining('接続が拒否されました') },
      accounts: [{ number: '0725001001', verdict: 'bad' }],
    },
  });
  expect(await lastTest()).toMatchObject({
    by: '試験',
    isOfThisVersion: true,
    result: { trunk: { verdict: 'bad' } },
  });
  await ask('PUT', `/api/trunks/${trunkId}`, { draft: { ...kept, checkEveryS: 61 }, version });
  expect(await lastTest()).toMatchObject({ isOfThisVersion: false });
  await remove(trunkId);
});

test('where the key of its passwords is lost, a trunk is shown as such, cannot be saved or tested without them, and serves again once they are entered', async () => {
  const { trunkId, version } = await added(draft('192.0.2.36'));
  const settings = sealTrunk(trunkAt('192.0.2.36', trunkId), createSeal(newSealKeys()));
  await admin.database.db.updateTable('trunk').set({ settings }).where('trunk_id', '=', trunkId).execute();
  const shown = (await listed()).find((each) => each.trunkId === trunkId);
  expect(shown?.passwordsLost).toEqual(['0725001001']);
  expect(await passwordOf(trunkId)).toBeUndefined();
  expect((await listed()).find((each) => each.trunkId === 'main')?.passwordsLost).toEqual([]);
  const empty = { ...draft('192.0.2.36'), accounts: shown?.draft.accounts };
  for (const reply of [
    await ask('PUT', `/api/trunks/${trunkId}`, { draft: empty, version }),
    await ask('POST', '/api/trunk-tests', { draft: empty, trunkId }),
  ]) {
    expect(reply.status).toBe(422);
    expect(TrunkProblemsSchema.parse(reply.body).problems).toEqual([
      { path: 'accounts.0.password', message: expect.stringMatching(/^暗証を.*入力してください/) },
    ]);
  }
  expect((await ask('PUT', `/api/trunks/${trunkId}`, { draft: draft('192.0.2.36'), version })).status).toBe(
    200,
  );
  expect(await passwordOf(trunkId)).toBe(SECRET);
  expect((await listed()).find((each) => each.trunkId === trunkId)?.passwordsLost).toEqual([]);
  await remove(trunkId);
});

test('lines in use are those that the telephones told of late, added up; where none told, they are not known', async () => {
  const { db } = admin.database;
  const inUse = async () => TrunkLinesSchema.parse((await ask('GET', '/api/trunk-lines')).body).inUse;
  expect(await inUse()).toBeNull();
  const use = new Map([['main', { received: 3, transferred: 1, placed: 0 }]]);
  const telephone = (callNode: string) =>
    createLineUseSayer({ db, callNode, clock: systemClock, lineUse: () => use });
  const say = telephone('node1');
  await say();
  expect(await inUse()).toEqual({ main: { received: 3, transferred: 1, placed: 0 } });
  use.set('main', { received: 2, transferred: 1, placed: 2 });
  await say();
  await telephone('node2')();
  expect(await inUse()).toEqual({ main: { received: 4, transferred: 2, placed: 4 } });
  admin.offset.ms += 11_000;
  expect(await inUse()).toBeNull();
  admin.offset.ms -= 11_000;
  expect((await ask('GET', '/api/trunk-lines', undefined, '')).status).toBe(401);
});

test('numbers are shown with their hyphens, in the list and in a test; an extension stays as it is', async () => {
  const { trunkId } = await added(
    draft('127.0.0.9', {
      port: await freePort(),
      accounts: ['0725001001', '05000001001', '3'].map((number, at) => ({
        number,
        user: `u${at}`,
        password: SECRET,
      })),
    }),
  );
  const shown = ['0725-00-1001', '050-0000-1001', '3'];
  const stored = (await listed()).find((each) => each.trunkId === trunkId);
  expect(stored?.numbersShown).toEqual(shown);
  const tested = await ask('POST', '/api/trunk-tests', { draft: stored?.draft, trunkId });
  expect(TrunkTestResultSchema.parse(tested.body).accounts.map(({ numberShown }) => numberShown)).toEqual(
    shown,
  );
  await remove(trunkId);
});
