import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { type AnswerRow, type Batch, BatchSchema, type CallBackRow, splitByCall } from './call-record.ts';
import {
  batchFor,
  began,
  TEST_NUMBER,
  type TestCall,
  testCall,
  writeTestCall,
} from './reading/test-calls.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

const AT = '2026-11-24T01:00:02.000Z';

function callBack(call: TestCall): CallBackRow {
  return {
    item_id: `${call.callId}-2`,
    call_id: call.callId,
    call_day: '2026-11-24',
    phone_number: TEST_NUMBER,
    call_back_number: '0265001234',
    wished_time: '午前中',
    due_at: '2026-11-24T08:15:00.000Z',
    at: AT,
  };
}

function answer(call: TestCall, key: string | null): AnswerRow {
  return {
    call_day: '2026-11-24',
    call_id: call.callId,
    seq: 2,
    bundle_id: 'bundle-1',
    flow_id: 'main',
    node_id: 'asking',
    question_id: 'satisfied',
    key,
    label: key === null ? null : '満足',
  };
}

function batchOf(call: TestCall): Batch {
  const events = [{ event: began(call) }, { event: { type: 'answered' as const } }];
  return { ...batchFor(call, events), callBacks: [callBack(call)], answers: [answer(call, '1')] };
}

const items = () => database.db.selectFrom('inbox_item').selectAll().execute();
const answers = () => database.db.selectFrom('call_answer').select(['call_id', 'key', 'label']).execute();

test('a request and an answer enter once, however often their batch is written, and staff’s work on it stays', async () => {
  const call = testCall();
  const batch = batchOf(call);
  await writeTestCall(database.db, batch);
  await database.db
    .updateTable('inbox_item')
    .set({ state: 'inProgress', memo: '本人に確認中', version: 2 })
    .execute();
  await writeTestCall(database.db, batch);
  expect(await items()).toMatchObject([
    {
      item_id: `${call.callId}-2`,
      kind: 'callBack',
      call_id: call.callId,
      phone_number: TEST_NUMBER,
      call_back_number: '0265001234',
      wished_time: '午前中',
      due_at: new Date('2026-11-24T08:15:00Z'),
      created_at: new Date(AT),
      state: 'inProgress',
      memo: '本人に確認中',
      version: 2,
    },
  ]);
  expect(await answers()).toEqual([{ call_id: call.callId, key: '1', label: '満足' }]);
});

test('a batch that PostgreSQL refuses leaves neither a request nor an answer behind', async () => {
  const batch = batchOf(testCall());
  const broken = { ...batch, events: batch.events.map((row) => ({ ...row, seq: -1 })) };
  await expect(writeTestCall(database.db, broken)).rejects.toThrow();
  expect(await items()).toEqual([]);
  expect(await answers()).toEqual([]);
});

test('a batch that is written call by call keeps the requests and answers of each', () => {
  const [one, other] = [batchOf(testCall()), batchOf(testCall())];
  const joined: Batch = {
    events: [...one.events, ...other.events],
    summaries: [...one.summaries, ...other.summaries],
    sms: [],
    recordings: [],
    callBacks: [...one.callBacks, ...other.callBacks],
    answers: [...one.answers, ...other.answers],
    contacts: [],
  };
  expect(splitByCall(joined)).toEqual([one, other]);
});

test('a spool of an earlier release, which knows neither, can still be read', () => {
  const { callBacks: _, answers: __, ...earlier } = batchOf(testCall());
  expect(BatchSchema.parse(earlier)).toMatchObject({ callBacks: [], answers: [] });
});
