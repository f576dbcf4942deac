import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchFor, began, testCall, writeTestCall } from '../../calls/reading/test-calls.ts';
import { CallListSchema } from '../../http/contract.ts';
import { CallBackgroundSchema, CallNoteSchema, NoteChoicesSchema } from '../../http/inbox-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { insertTestItem, TEST_CITIZEN, TEST_NOW } from '../test-items.ts';

let admin: TestAdminServer;
let one: { cookie: string; userId: string };
let other: { cookie: string; userId: string };
let administrator: { cookie: string; userId: string };

beforeAll(async () => {
  admin = await startTestAdminServer();
  one = await admin.enter('staff', 'one@example.jp');
  other = await admin.enter('staff', 'other@example.jp');
  administrator = await admin.enter('administrator');
});
afterAll(async () => {
  await admin.stop();
});

async function post(who: { cookie: string }, url: string, payload: object) {
  return await admin.server.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, origin: TEST_ORIGIN },
    payload,
  });
}

async function get(url: string): Promise<unknown> {
  const reply = await admin.server.inject({ url, headers: { cookie: one.cookie } });
  expect([url, reply.statusCode]).toEqual([url, 200]);
  return reply.json();
}

async function callAt(beganAt: number, callerNumber: string | null = TEST_CITIZEN) {
  const call = testCall({ beganAt, callerNumber });
  await writeTestCall(admin.database.db, batchFor(call, [{ event: began(call) }], { ended: true }));
  return call.callId;
}

test('a note is written once by one of two clerks; the other is told and can look at it first', async () => {
  const callId = await callAt(TEST_NOW);
  const note = (memo: string) => ({ version: 0, categoryId: 'category-1', resultId: null, memo });
  const replies = await Promise.all([
    post(one, `/api/calls/${callId}/note`, note('甲')),
    post(other, `/api/calls/${callId}/note`, note('乙')),
  ]);
  expect(replies.map((reply) => reply.statusCode).toSorted()).toEqual([200, 409]);
  const kept = CallNoteSchema.parse(await get(`/api/calls/${callId}/note`));
  expect(kept).toMatchObject({ category: { label: '資格・加入・脱退' }, result: null, version: 1 });
  const late = await post(other, `/api/calls/${callId}/note`, { ...note('丙'), version: kept.version });
  expect(CallNoteSchema.parse(late.json())).toMatchObject({
    memo: '丙',
    changedBy: { personId: other.userId },
  });
  expect(
    (await post(one, `/api/calls/${callId}/note`, { ...note('丁'), version: kept.version })).statusCode,
  ).toBe(409);
});

test('whoever takes a call stands in its note, beside what others write', async () => {
  const callId = await callAt(TEST_NOW);
  expect((await post(one, `/api/calls/${callId}/taken`, { version: 0 })).statusCode).toBe(200);
  const second = await post(other, `/api/calls/${callId}/taken`, { version: 0 });
  expect([second.statusCode, second.json()]).toMatchObject([409, { code: 'changedMeanwhile' }]);
  const saved = await post(other, `/api/calls/${callId}/note`, {
    version: 1,
    categoryId: null,
    resultId: 'result-1',
    memo: '',
  });
  expect(CallNoteSchema.parse(saved.json())).toMatchObject({
    takenBy: { personId: one.userId },
    changedBy: { personId: other.userId },
    result: { label: '説明して終了' },
  });
});

test('no note is written on a call that does not exist, nor with a choice of the wrong list', async () => {
  const empty = { version: 0, categoryId: null, resultId: null, memo: '' };
  expect((await post(one, '/api/calls/nobody/note', empty)).statusCode).toBe(404);
  const callId = await callAt(TEST_NOW);
  const wrong = await post(one, `/api/calls/${callId}/note`, { ...empty, categoryId: 'result-1' });
  expect([wrong.statusCode, wrong.json()]).toMatchObject([400, { code: 'unknownChoice' }]);
});

test('while it rings staff see the last five calls of that number with their notes, what is open for it, and nothing of others', async () => {
  const number = '09000008888';
  const ids: string[] = [];
  for (let nth = 7; nth > 0; nth -= 1) ids.unshift(await callAt(TEST_NOW - nth * 60_000, number));
  const [newest] = ids;
  await callAt(TEST_NOW - 30_000, '09000001111');
  await post(one, `/api/calls/${newest}/note`, {
    version: 0,
    categoryId: null,
    resultId: null,
    memo: '前回',
  });
  await insertTestItem(admin.database.db, { call_back_number: number });
  await insertTestItem(admin.database.db, { call_back_number: number, state: 'done' });
  const ringing = await callAt(TEST_NOW, number);
  const background = CallBackgroundSchema.parse(await get(`/api/calls/${ringing}/background`));
  expect(background.numberKind).toBe('携帯電話');
  expect(background.earlier.map(({ call }) => call.callId)).toEqual(ids.slice(0, 5));
  expect(background.earlier[0]?.note?.memo).toBe('前回');
  expect(background.inboxItems.map(({ state }) => state)).toEqual(['open']);
  const withheld = await callAt(TEST_NOW, null);
  expect(await get(`/api/calls/${withheld}/background`)).toEqual({
    numberKind: null,
    complaint: null,
    earlier: [],
    inboxItems: [],
  });
});

test('a call says whether a member of staff is being rung or talks, and nothing of it once it is over', async () => {
  const call = testCall({ beganAt: TEST_NOW + 3_600_000 });
  const { db } = admin.database;
  const seen: (string | null)[] = [];
  const look = async () => {
    const { calls } = CallListSchema.parse(await get('/api/calls'));
    seen.push(calls.find(({ callId }) => callId === call.callId)?.staff ?? null);
  };
  await writeTestCall(db, batchFor(call, [{ event: began(call) }]));
  await look();
  const events = [
    { type: 'transferRinging', id: 0 },
    { type: 'transferFailed', id: 0, reason: 'busy', sipCode: 486, q850Cause: 17 },
    { type: 'transferRinging', id: 2 },
    { type: 'transferAnswered', id: 2 },
    { type: 'transferEnded', id: 2, by: 'staff' },
  ] as const;
  for (const [at, event] of events.entries()) {
    await writeTestCall(db, batchFor(call, [{ event }], { firstSeq: at + 1 }));
    await look();
  }
  expect(seen).toEqual([null, 'ringing', null, 'ringing', 'talking', null]);
});

test('an administrator orders, renames, adds and puts away choices; old notes keep theirs; staff may not', async () => {
  const callId = await callAt(TEST_NOW);
  await post(one, `/api/calls/${callId}/note`, {
    version: 0,
    categoryId: 'category-9',
    resultId: null,
    memo: '',
  });
  const { category } = NoteChoicesSchema.parse(await get('/api/note-choices'));
  const choices = [
    { choiceId: null, label: '後期高齢者医療', hidden: false },
    { choiceId: 'category-2', label: '給付', hidden: false },
    { choiceId: 'category-1', label: '資格・加入・脱退', hidden: false },
  ];
  const body = { kind: 'category', version: category.version, choices };
  expect((await post(one, '/api/note-choices', body)).statusCode).toBe(403);
  const saved = await post(administrator, '/api/note-choices', body);
  const offered = NoteChoicesSchema.parse(saved.json()).category.choices.filter(({ hidden }) => !hidden);
  expect(offered.map(({ label }) => label)).toEqual(['後期高齢者医療', '給付', '資格・加入・脱退']);
  expect((await post(administrator, '/api/note-choices', body)).statusCode).toBe(409);
  expect(CallNoteSchema.parse(await get(`/api/calls/${callId}/note`)).category?.label).toBe('その他');
});
