import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { CallListSchema } from '../../http/contract.ts';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';
import { batchFor, began, testCall, writeTestCall } from './test-calls.ts';

const CALLS = 10_000;
let admin: TestAdminServer;
let cookie: string;

beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie } = await admin.enter('staff'));
  const { db } = admin.database;
  // Sixty days, several calls in each moment; microseconds that a JavaScript date would lose.
  await sql`select ensure_partitions('2026-09-01', 3)`.execute(db);
  await sql`
    insert into call_summary (call_day, call_id, phone_number, caller_number, caller_kind, call_node, bundle_id, began_at,
      ended_at, outcome, keys, last_seq, change_id)
    select (at at time zone 'Asia/Tokyo')::date, 'call-' || lpad((i * 7919 % ${CALLS})::text, 5, '0'), '0725001001',
      case when i % 10 = 0 then null else '0900000' || lpad((i % 10000)::text, 4, '0') end,
      case when i % 10 = 0 then 'withheld' else 'mobile' end, 'test', 'bundle-1', at, at, 'announcement', '', 3, nextval('call_change')
    from generate_series(0, ${CALLS - 1}) i,
      lateral (select timestamptz '2026-09-15 00:00+09' + (i / 3) * interval '25 minutes 1 microsecond' as at) t`.execute(
    db,
  );
  await sql`insert into phone_number (phone_number, name) values ('0725001001', '資格給付')`.execute(db);
  await sql`analyze call_summary`.execute(db);
});
afterAll(async () => {
  await admin.stop();
});

async function list(query: Record<string, string> = {}): Promise<z.infer<typeof CallListSchema>> {
  const reply = await admin.server.inject({ url: '/api/calls', query, headers: { cookie } });
  expect(reply.statusCode).toBe(200);
  return CallListSchema.parse(reply.json());
}

test('paging through ten thousand calls shows each once, newest first, and the last page comes as quickly as the first', async () => {
  const seen: string[] = [];
  const began: string[] = [];
  const tookMs: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const startedMs = performance.now();
    const page: z.infer<typeof CallListSchema> = await list({ cursor });
    tookMs.push(performance.now() - startedMs);
    seen.push(...page.calls.map((call) => call.callId));
    began.push(...page.calls.map((call) => call.beganAt));
    cursor = page.nextCursor;
  }
  expect(seen).toHaveLength(CALLS);
  expect(new Set(seen).size).toBe(CALLS);
  expect(began).toEqual(began.toSorted().reverse());
  const median = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  expect(median(tookMs.slice(-20))).toBeLessThan(median(tookMs.slice(0, 20)) * 3 + 20);
});

test('a call that begins while somebody pages neither repeats nor hides another', async () => {
  const first = await list();
  const call = testCall({ beganAt: Date.parse('2026-11-30T03:00:00Z') });
  await writeTestCall(admin.database.db, batchFor(call, [{ event: began(call) }]));
  const second = await list({ cursor: first.nextCursor ?? '' });
  const ids = [...first.calls, ...second.calls].map((one) => one.callId);
  expect(new Set(ids).size).toBe(100);
  expect(ids).not.toContain(call.callId);
  expect((await list()).calls[0]?.callId).toBe(call.callId);
  await admin.database.db.deleteFrom('call_summary').where('call_id', '=', call.callId).execute();
});

test('part of a caller number finds it, however it is written', async () => {
  for (const number of ['00001234'.slice(-4), '０９０－００００－１２３４', '+81 90 0000 1234', '000-1234']) {
    const { calls } = await list({ number });
    expect(calls.map((call) => call.callerNumber)).toContain('09000001234');
    expect(calls.every((call) => call.callerNumber?.endsWith('1234'))).toBe(true);
  }
  expect((await list({ number: '99999999' })).calls).toEqual([]);
});

test('what is no number is refused, and cannot widen the search', async () => {
  for (const number of ['%', '_', 'abc', "1' or true"]) {
    const reply = await admin.server.inject({ url: '/api/calls', query: { number }, headers: { cookie } });
    expect([reply.statusCode, reply.json()]).toMatchObject([400, { code: 'invalidNumber' }]);
  }
  const reply = await admin.server.inject({
    url: '/api/calls',
    query: { cursor: 'nonsense' },
    headers: { cookie },
  });
  expect([reply.statusCode, reply.json()]).toMatchObject([400, { code: 'invalidCursor' }]);
});

test('a period is meant in Japanese days', async () => {
  const { db } = admin.database;
  const late = testCall({ beganAt: Date.parse('2026-12-01T14:59:59Z') });
  const next = testCall({ beganAt: Date.parse('2026-12-01T15:00:00Z') });
  for (const call of [late, next]) await writeTestCall(db, batchFor(call, [{ event: began(call) }]));
  expect((await list({ from: '2026-12-01', to: '2026-12-01' })).calls.map((call) => call.callId)).toEqual([
    late.callId,
  ]);
  expect((await list({ from: '2026-12-02', to: '2026-12-02' })).calls.map((call) => call.callId)).toEqual([
    next.callId,
  ]);
});

test('a call shows its number with its name, and why the caller has none', async () => {
  const { calls } = await list({ to: '2026-09-15' });
  expect(calls.find((call) => call.callerNumber === null)).toMatchObject({
    callDay: '2026-09-15',
    phoneNumberShown: '0725-00-1001',
    phoneNumberName: '資格給付',
    callerNumber: null,
    callerShown: '非通知',
    state: 'ended',
    outcome: 'announcement',
    hasRecording: false,
    isTest: false,
  });
});
