import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchFor, began, testCall, writeTestCall } from '../../calls/reading/test-calls.ts';
import { type Citizen, CitizenSchema, ComplaintNumbersSchema } from '../../http/inbox-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { insertTestItem, TEST_CITIZEN, TEST_NOW } from '../test-items.ts';

const MINUTE_MS = 60_000;
let admin: TestAdminServer;
let clerk: { cookie: string; userId: string };

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = await admin.enter('staff');
});
afterAll(async () => {
  await admin.stop();
});

async function look(number: string, cursor = ''): Promise<Citizen> {
  const reply = await admin.server.inject({
    url: '/api/citizens',
    query: { number, cursor },
    headers: { cookie: clerk.cookie },
  });
  expect([reply.statusCode, reply.body]).toEqual([200, reply.body]);
  return CitizenSchema.parse(reply.json());
}

async function flag(flagged: boolean, reason: string, number = TEST_CITIZEN) {
  return await admin.server.inject({
    method: 'POST',
    url: '/api/complaints',
    headers: { cookie: clerk.cookie, origin: TEST_ORIGIN },
    payload: { number, flagged, reason },
  });
}

async function callAt(beganAt: number, callerNumber: string | null = TEST_CITIZEN) {
  const call = testCall({ beganAt, callerNumber, callerKind: callerNumber === null ? 'withheld' : 'mobile' });
  await writeTestCall(
    admin.database.db,
    batchFor(call, [{ event: began(call) }, { event: { type: 'keyPressed', key: '2' } }], { ended: true }),
  );
  return call;
}

async function smsAt(at: number, to: string, text: string) {
  const when = new Date(at);
  await admin.database.db
    .insertInto('sms_message')
    .values({
      id: `sms-${to}-${at}`,
      origin: 'test',
      to_number: to,
      text,
      parts: 1,
      created_at: when,
      waiting_since: when,
      next_attempt_at: when,
    })
    .execute();
}

test('a citizen’s page shows calls with note and recording, texts, requests and the flag of that number, newest first, and of no other', async () => {
  const { db } = admin.database;
  const old = await callAt(TEST_NOW - 60 * MINUTE_MS);
  const call = await callAt(TEST_NOW - 10 * MINUTE_MS);
  await callAt(TEST_NOW - 9 * MINUTE_MS, '09000009999');
  await callAt(TEST_NOW - 9 * MINUTE_MS, null);
  await db
    .insertInto('recording')
    .values({
      recording_id: `${call.callId}-1`,
      call_id: call.callId,
      call_day: '2026-11-24',
      kind: 'voicemail',
      state: 'ready',
      file_name: 'a.wav',
      duration_ms: 4_000,
      began_at: new Date(TEST_NOW),
    })
    .execute();
  const noted = await admin.server.inject({
    method: 'POST',
    url: `/api/calls/${call.callId}/note`,
    headers: { cookie: clerk.cookie, origin: TEST_ORIGIN },
    payload: { version: 0, categoryId: 'category-4', resultId: 'result-2', memo: '納付書の再発行' },
  });
  expect(noted.statusCode).toBe(200);
  await smsAt(TEST_NOW - 8 * MINUTE_MS, TEST_CITIZEN, '必要書類のご案内');
  await smsAt(TEST_NOW - 7 * MINUTE_MS, '09000009999', 'ほかの方への文');
  const created = new Date(TEST_NOW - 6 * MINUTE_MS);
  await insertTestItem(db, { created_at: created });
  // Left without a number, but by a call of this one.
  await insertTestItem(db, {
    item_id: 'of-old',
    call_id: old.callId,
    call_back_number: null,
    created_at: new Date(TEST_NOW - 59 * MINUTE_MS),
  });
  admin.offset.ms = TEST_NOW - 5 * MINUTE_MS - Date.now();
  expect((await flag(true, '窓口の対応へのお申し出')).statusCode).toBe(200);
  admin.offset.ms = 0;

  const citizen = await look('０９０－００００－４３２１');
  expect(citizen).toMatchObject({
    number: TEST_CITIZEN,
    numberShown: '090-0000-4321',
    numberKind: '携帯電話',
    complaint: { reason: '窓口の対応へのお申し出', person: { personId: clerk.userId } },
    nextCursor: null,
  });
  expect(citizen.entries.map(({ type }) => type)).toEqual([
    'complaint',
    'inbox',
    'sms',
    'call',
    'inbox',
    'call',
  ]);
  expect(citizen.entries[3]).toMatchObject({
    call: { callId: call.callId, keys: '2', outcome: 'announcement' },
    note: { category: { label: '納付・納付相談' }, result: { label: '来庁を案内' }, memo: '納付書の再発行' },
    recordings: [{ recordingId: `${call.callId}-1`, kind: 'voicemail' }],
  });
  expect(JSON.stringify(citizen)).not.toMatch(/09000009999|ほかの方/);
});

test('a hundred entries are paged through, each once', async () => {
  const number = '09000005555';
  for (let nth = 0; nth < 50; nth += 1) {
    await callAt(TEST_NOW - nth * MINUTE_MS, number);
    await smsAt(TEST_NOW - nth * MINUTE_MS, number, `${nth}通目`);
  }
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Citizen = await look(number, cursor);
    seen.push(...page.entries.map(({ at, id }) => `${at} ${id}`));
    cursor = page.nextCursor;
  }
  expect(seen).toHaveLength(100);
  expect(new Set(seen).size).toBe(100);
  const times = seen.map((each) => each.slice(0, 24));
  expect(times).toEqual(times.toSorted().reverse());
});

test('who looked at which number is audited, once for one look, and stands in no log', async () => {
  const number = '09000006666';
  await look(number);
  await look(number);
  const audited = await admin.database.db
    .selectFrom('audit_log')
    .select('user_id')
    .where('action', '=', 'citizenViewed')
    .where('subject', '=', number)
    .execute();
  expect(audited).toEqual([{ user_id: clerk.userId }]);
  expect(admin.logLines.join('')).not.toContain(number);
});

test('who withholds the number has no page', async () => {
  for (const number of ['非通知', '', '番号不明']) {
    const reply = await admin.server.inject({
      url: '/api/citizens',
      query: { number },
      headers: { cookie: clerk.cookie },
    });
    expect([reply.statusCode, reply.json()]).toMatchObject([400, { code: 'invalidNumber' }]);
  }
  expect((await admin.server.inject({ url: `/api/citizens?number=${TEST_CITIZEN}` })).statusCode).toBe(401);
});

test('a flag is set and cleared with a reason and by somebody; whoever comes second is told', async () => {
  const number = '09000007777';
  const flagged = async () => {
    const reply = await admin.server.inject({ url: '/api/complaints', headers: { cookie: clerk.cookie } });
    return ComplaintNumbersSchema.parse(reply.json()).numbers.includes(number);
  };
  expect((await flag(true, ' ', number)).statusCode).toBe(400);
  const both = await Promise.all([flag(true, '理由', number), flag(true, '別の理由', number)]);
  expect(both.map((reply) => reply.statusCode).toSorted()).toEqual([200, 409]);
  expect(await flagged()).toBe(true);
  expect((await flag(false, '解決しました', number)).statusCode).toBe(200);
  expect(await flagged()).toBe(false);
  expect((await flag(false, 'もう一度', number)).statusCode).toBe(409);
  const { entries, complaint } = await look(number);
  expect(complaint).toBeNull();
  expect(entries).toMatchObject([
    { type: 'complaint', flagged: false, reason: '解決しました' },
    { type: 'complaint', flagged: true },
  ]);
});
