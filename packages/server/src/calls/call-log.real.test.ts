import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { connectDatabase, type Database } from '../database/index.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { type CallLog, createCallLog } from './call-log.ts';
import type { LogEntry } from './call-record.ts';
import { batchFor, began, TEST_NUMBER, type TestCall, testCall } from './reading/test-calls.ts';
import { openSpool } from './spool.ts';
import { silentPostgres } from './test-silent-postgres.ts';

let database: TestDatabase;
let way: Awaited<ReturnType<typeof silentPostgres>>;
let db: Database;
let folder: string;
let callLog: CallLog;

beforeEach(async () => {
  database = await createTestDatabase();
  way = await silentPostgres(database.url);
  db = connectDatabase(way.url, { onIdleError: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'call-log-'));
  callLog = createCallLog({
    db,
    spool: await openSpool(join(folder, 'spool')),
    clock: systemClock,
    log: pino({ level: 'silent' }),
    onPosted: () => undefined,
  });
});

afterEach(async () => {
  way.speak();
  await callLog.stop();
  await db.destroy();
  await way.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

function entry(call: TestCall, seq: number): LogEntry {
  const batch = batchFor(call, [{ event: seq === 0 ? began(call) : { type: 'answered' } }], {
    firstSeq: seq,
  });
  const [event, summary] = [batch.events[0], batch.summaries[0]];
  if (event === undefined || summary === undefined) throw new Error('a batch of one event');
  return { event, summary, sms: null, recording: null, callBack: null, answers: [], contact: null };
}

async function appendMs(call: TestCall, seq: number): Promise<number> {
  const beganMs = performance.now();
  await callLog.append(entry(call, seq), true);
  return performance.now() - beganMs;
}

async function recordedSeqs(call: TestCall): Promise<readonly number[]> {
  const rows = await database.db
    .selectFrom('call_event')
    .select('seq')
    .where('call_id', '=', call.callId)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq }) => seq);
}

test('a PostgreSQL that neither answers nor refuses holds up one event for two seconds, the next ones not at all; none is lost', async () => {
  const call = testCall();
  await appendMs(call, 0);
  way.fallSilent();
  expect(await appendMs(call, 1)).toBeLessThan(4_000);
  expect(callLog.state).toBe('spooling');
  // Long enough that the spool is tried, in vain, while events come.
  const waits: number[] = [];
  for (let seq = 2; seq < 50; seq++) {
    waits.push(await appendMs(call, seq));
    await pause(100);
  }
  // The promise is 100 ms; a disk shared with others may stall, a write to PostgreSQL would take two seconds.
  expect(Math.max(...waits)).toBeLessThan(1_000);
  way.speak();
  while (!(await callLog.drain())) await pause(100);
  expect(await appendMs(call, 50)).toBeLessThan(2_000);
  expect(callLog.state).toBe('writing');
  expect(await recordedSeqs(call)).toEqual(Array.from({ length: 51 }, (_, seq) => seq));
});

test('events that come while the spool is written to PostgreSQL keep their order and all arrive', async () => {
  const call = testCall();
  way.fallSilent();
  let seq = 0;
  for (; seq < 20; seq++) await callLog.append(entry(call, seq), true);
  way.speak();
  const drained = callLog.drain();
  for (; seq < 120; seq++) await callLog.append(entry(call, seq), true);
  await drained;
  while (!(await callLog.drain())) await pause(50);
  await callLog.settled();
  expect(await recordedSeqs(call)).toEqual(Array.from({ length: seq }, (_, at) => at));
  const summary = await database.db
    .selectFrom('call_summary')
    .select('last_seq')
    .where('call_id', '=', call.callId)
    .executeTakeFirstOrThrow();
  expect(summary.last_seq).toBe(seq - 1);
});

test('a request to be called back and an answer that came while PostgreSQL was silent are there once it speaks again, once', async () => {
  const call = testCall();
  await appendMs(call, 0);
  way.fallSilent();
  const ids = { call_id: call.callId, call_day: '2026-11-24' };
  await callLog.append(
    {
      ...entry(call, 1),
      callBack: {
        ...ids,
        item_id: `${call.callId}-1`,
        phone_number: TEST_NUMBER,
        call_back_number: '0265001234',
        wished_time: null,
        due_at: '2026-11-24T08:15:00Z',
        at: '2026-11-24T01:00:01Z',
      },
      answers: [
        {
          ...ids,
          seq: 1,
          bundle_id: call.bundleId,
          flow_id: 'main',
          node_id: 'asking',
          question_id: 'satisfied',
          key: '1',
          label: '満足',
        },
      ],
    },
    true,
  );
  // The write that was given up may have reached PostgreSQL all the same: it is written a second time.
  expect(callLog.state).toBe('spooling');
  way.speak();
  while (!(await callLog.drain())) await pause(50);
  const items = await database.db.selectFrom('inbox_item').select(['item_id', 'call_back_number']).execute();
  expect(items).toEqual([{ item_id: `${call.callId}-1`, call_back_number: '0265001234' }]);
  const answers = await database.db.selectFrom('call_answer').select(['call_id', 'label']).execute();
  expect(answers).toEqual([{ call_id: call.callId, label: '満足' }]);
});
