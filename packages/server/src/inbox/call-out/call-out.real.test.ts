import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { batchFor, began, testCall, writeTestCall } from '../../calls/reading/test-calls.ts';
import { CitizenSchema, InboxDetailSchema, OwnPlacedCallSchema } from '../../http/inbox-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { insertTestItem, TEST_CITIZEN } from '../test-items.ts';

const OWN = '0725009001';
let admin: TestAdminServer;
let clerk: { cookie: string; userId: string };
let colleague: { cookie: string; userId: string };

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = await admin.enter('staff', 'one@example.jp');
  colleague = await admin.enter('staff', 'other@example.jp');
});
beforeEach(async () => {
  admin.offset.ms = 0;
  const { db } = admin.database;
  await db.deleteFrom('placed_call').execute();
  await db.deleteFrom('person_telephone').execute();
  await db.deleteFrom('inbox_item').execute();
  await db.deleteFrom('phone_number').execute();
});
afterAll(async () => {
  await admin.stop();
});

async function post(url: string, payload: object, who = clerk) {
  return await admin.server.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, origin: TEST_ORIGIN },
    payload,
  });
}

async function own(who = clerk) {
  const reply = await admin.server.inject({
    url: '/api/placed-calls/own',
    headers: { cookie: who.cookie },
  });
  return OwnPlacedCallSchema.parse(reply.json());
}

const setOwn = (number = OWN, who = clerk) => post('/api/own-telephone', { number }, who);
const rows = () => admin.database.db.selectFrom('placed_call').selectAll().execute();

test('a click orders one call from the clerk’s own telephone, shown with the number that the citizen called, and is audited', async () => {
  const itemId = await insertTestItem(admin.database.db, { phone_number: '0725001002' });
  expect((await setOwn('０７２５－００－９００１')).statusCode).toBe(200);
  expect((await own()).telephone).toEqual({ number: OWN, shown: '0725-00-9001' });
  const reply = await post('/api/placed-calls', { itemId });
  expect([reply.statusCode, reply.json()]).toMatchObject([
    200,
    { call: { state: 'ordered', citizenNumber: TEST_CITIZEN, person: { personId: clerk.userId } } },
  ]);
  expect(await rows()).toMatchObject([
    {
      item_id: itemId,
      staff_number: OWN,
      citizen_number: TEST_CITIZEN,
      presented_number: '0725001002',
      state: 'ordered',
    },
  ]);
  const audited = await admin.database.db
    .selectFrom('audit_log')
    .select('user_id')
    .where('action', '=', 'callPlaced')
    .where('subject', '=', TEST_CITIZEN)
    .execute();
  expect(audited).toEqual([{ user_id: clerk.userId }]);
  expect(admin.logLines.join('')).not.toMatch(new RegExp(`${TEST_CITIZEN}|${OWN}`));
});

test('two clicks at once, or in two windows, make one call; a colleague may call meanwhile', async () => {
  const itemId = await insertTestItem(admin.database.db);
  await setOwn();
  await setOwn('0725009002', colleague);
  const replies = await Promise.all([1, 2, 3].map(() => post('/api/placed-calls', { itemId })));
  expect(replies.map((reply) => reply.statusCode).toSorted()).toEqual([200, 409, 409]);
  expect((await post('/api/placed-calls', { itemId }, colleague)).statusCode).toBe(200);
  expect(await rows()).toHaveLength(2);
});

test('an order that no telephone took says so after twenty seconds, and the clerk may try again', async () => {
  const itemId = await insertTestItem(admin.database.db);
  await setOwn();
  await post('/api/placed-calls', { itemId });
  admin.offset.ms = 21_000;
  expect((await own()).call).toMatchObject({ state: 'failed', reason: 'expired' });
  expect((await post('/api/placed-calls', { itemId })).statusCode).toBe(200);
});

test('nothing is dialled without an own telephone or a number, or to numbers outside the allow-list', async () => {
  const { db } = admin.database;
  const itemId = await insertTestItem(db);
  const nameless = await insertTestItem(db, { call_back_number: null });
  const odd = await insertTestItem(db, { call_back_number: '0570000000' });
  const toOneself = await insertTestItem(db, { call_back_number: OWN });
  await db.insertInto('phone_number').values({ phone_number: '0725001001', name: '資格給付' }).execute();
  const code = async (payload: object) => (await post('/api/placed-calls', payload)).json().code;
  expect(await code({ itemId })).toBe('noOwnTelephone');
  for (const number of ['110', '184', '09900000000', '内線1234']) {
    expect([number, (await setOwn(number)).json().code]).toEqual([number, 'notDialable']);
  }
  await setOwn();
  expect(await code({ itemId: nameless })).toBe('noNumber');
  expect(await code({ itemId: odd })).toBe('notDialable');
  expect(await code({ number: '119' })).toBe('notDialable');
  expect(await code({ itemId: toOneself })).toBe('ownNumber');
  expect(await code({ itemId: 'nobody' })).toBe('itemNotFound');
  // No number of the city is in service that could be shown.
  expect(await code({ number: TEST_CITIZEN })).toBe('noPublicNumber');
  expect(await rows()).toEqual([]);
  expect((await post('/api/placed-calls', { itemId }, { cookie: '', userId: '' })).statusCode).toBe(401);
});

test('from a citizen’s page the number that this citizen called last is shown', async () => {
  const { db } = admin.database;
  // Not the first of them.
  for (const phone_number of ['0725001000', '0725001001']) {
    await db.insertInto('phone_number').values({ phone_number, name: '窓口', state: 'live' }).execute();
  }
  const call = testCall({ callerNumber: TEST_CITIZEN });
  await writeTestCall(db, batchFor(call, [{ event: began(call) }], { ended: true }));
  await setOwn();
  expect((await post('/api/placed-calls', { number: TEST_CITIZEN })).statusCode).toBe(200);
  expect(await rows()).toMatchObject([{ presented_number: '0725001001', item_id: null }]);
});

test('only who placed a call can stop it; what nobody has dialled yet is never dialled', async () => {
  const itemId = await insertTestItem(admin.database.db);
  await setOwn();
  await post('/api/placed-calls', { itemId });
  const placedCallId = (await own()).call?.placedCallId ?? '';
  await post(`/api/placed-calls/${placedCallId}/stop`, {}, colleague);
  expect((await own()).call).toMatchObject({ state: 'ordered' });
  await post(`/api/placed-calls/${placedCallId}/stop`, {});
  expect((await own()).call).toMatchObject({ state: 'failed', reason: 'stopped' });
});

test('a call stands in the item’s history and on the citizen’s page: who, when, how long', async () => {
  const itemId = await insertTestItem(admin.database.db);
  await setOwn();
  await post('/api/placed-calls', { itemId });
  const [row] = await rows();
  const connected = row?.created_at.getTime() ?? 0;
  await admin.database.db
    .updateTable('placed_call')
    .set({ state: 'ended', connected_at: new Date(connected), ended_at: new Date(connected + 130_000) })
    .execute();
  const wanted = {
    placedCallId: row?.placed_call_id,
    state: 'ended',
    talkMs: 130_000,
    person: { personId: clerk.userId },
  };
  const detail = await admin.server.inject({
    url: `/api/inbox/${itemId}`,
    headers: { cookie: clerk.cookie },
  });
  expect(InboxDetailSchema.parse(detail.json()).placedCalls).toMatchObject([wanted]);
  const page = await admin.server.inject({
    url: `/api/citizens?number=${TEST_CITIZEN}`,
    headers: { cookie: clerk.cookie },
  });
  const { entries } = CitizenSchema.parse(page.json());
  expect(entries.filter(({ type }) => type === 'placedCall')).toMatchObject([{ placedCall: wanted }]);
});
