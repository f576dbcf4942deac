import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CallEvent } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { finishTransferRecording, finishVoicemailRecording } from '../line/index.ts';
import { batchFor, began, testCall, writeTestCall } from './reading/test-calls.ts';
import { createRecordings, type Recordings } from './recordings.ts';

let database: TestDatabase;
let folder: string;
let recordings: Recordings;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  recordings = createRecordings({
    db: database.db,
    folder,
    finishFile: { transfer: finishTransferRecording, voicemail: finishVoicemailRecording },
    callNode: 'test',
    dueAt: (_phoneNumber, atEpochMs) => atEpochMs + 3_600_000,
    log: pino({ level: 'silent' }),
  });
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** A call whose transfer was ordered by event 1. @returns path of the recording, without ending */
async function transferredCall(events: readonly CallEvent[]): Promise<string> {
  return await recordedCall('transfer', events);
}

async function recordedCall(
  kind: 'transfer' | 'voicemail',
  events: readonly CallEvent[],
  call = testCall(),
): Promise<string> {
  const recordingId = `${call.callId}-1`;
  const steps: CallEvent[] = [began(call), { type: 'answered' }, ...events];
  const batch = batchFor(
    call,
    steps.map((event) => ({ event })),
    { ended: true },
  );
  await writeTestCall(database.db, {
    ...batch,
    recordings: [
      {
        recording_id: recordingId,
        call_id: call.callId,
        call_day: batch.summaries[0]?.call_day ?? '',
        kind,
        file_name: `day/${recordingId}`,
        began_at: new Date(call.beganAt).toISOString(),
      },
    ],
  });
  const path = recordings.pathOf(`day/${recordingId}`);
  await mkdir(dirname(path), { recursive: true });
  return path;
}

const states = async () =>
  (await database.db.selectFrom('recording').select(['state', 'duration_ms']).execute()).map((row) => [
    row.state,
    row.duration_ms,
  ]);

const answered: CallEvent = { type: 'transferAnswered', id: 1 };
const busy: CallEvent = { type: 'transferFailed', id: 1, reason: 'busy', sipCode: 486, q850Cause: 17 };

test.each<[string, readonly CallEvent[]]>([
  ['was busy', [busy]],
  ['rang when the caller hung up', [{ type: 'callerHungUp', q850Cause: 16 }]],
])('a transfer that %s is not shown as a recording that failed', async (_, events) => {
  await transferredCall(events);
  await recordings.finish();
  expect(await states()).toEqual([]);
});

test('a talk of which no sound was kept is shown as a recording that failed', async () => {
  await transferredCall([answered, { type: 'transferEnded', id: 1, by: 'staff' }]);
  await recordings.finish();
  expect(await states()).toEqual([['failed', null]]);
});

test('a talk that cannot be finished now is finished at a later round, and its sound stays', async () => {
  const path = await transferredCall([answered, { type: 'transferEnded', id: 1, by: 'staff' }]);
  await writeFile(`${path}.raw`, Buffer.alloc(32_000));
  // Nothing can be written where a folder stands in the way, as on a full disk.
  await mkdir(`${path}.wav.part`);
  await recordings.finish();
  expect(await states()).toEqual([['recording', null]]);
  expect((await stat(`${path}.raw`)).size).toBe(32_000);
  await rm(`${path}.wav.part`, { recursive: true });
  await recordings.finish();
  expect(await states()).toEqual([['ready', 1_000]]);
  expect((await readdir(dirname(path))).every((name) => name.endsWith('.wav'))).toBe(true);
});

const BYTES_PER_SECOND = 16_000;
const left = (durationMs: number): CallEvent => ({
  type: 'voicemailRecorded',
  id: 1,
  durationMs,
  endedBy: 'key',
});
const inbox = () => database.db.selectFrom('inbox_item').selectAll().execute();

test('a message enters the inbox once, together with its sound, under the number of who left it', async () => {
  const call = testCall();
  const path = await recordedCall('voicemail', [left(3_000)], call);
  await writeFile(`${path}.sln`, Buffer.alloc(3 * BYTES_PER_SECOND));
  await recordings.finish();
  await recordings.finish();
  const cameAt = new Date(call.beganAt);
  expect(await inbox()).toMatchObject([
    {
      item_id: `${call.callId}-1`,
      kind: 'voicemail',
      call_id: call.callId,
      call_day: '2026-11-24',
      call_back_number: call.callerNumber,
      wished_time: null,
      state: 'open',
      created_at: cameAt,
      due_at: new Date(cameAt.getTime() + 3_600_000),
    },
  ]);
  expect(await states()).toEqual([['ready', 3_000]]);
});

test('what a caller said whose call broke off in the middle enters the inbox too; he may be unknown', async () => {
  const call = testCall({ callerNumber: null, callerKind: 'withheld' });
  const path = await recordedCall('voicemail', [{ type: 'callLost' }], call);
  await writeFile(`${path}.sln`, Buffer.alloc(2 * BYTES_PER_SECOND));
  await recordings.finish();
  expect(await inbox()).toMatchObject([{ item_id: `${call.callId}-1`, call_back_number: null }]);
});

test('a message too short to say anything, one without sound and a recorded talk do not enter the inbox', async () => {
  const short = await recordedCall('voicemail', [left(500)]);
  await writeFile(`${short}.sln`, Buffer.alloc(BYTES_PER_SECOND / 2));
  await recordedCall('voicemail', [left(0)]);
  const talk = await transferredCall([answered, { type: 'transferEnded', id: 1, by: 'staff' }]);
  await writeFile(`${talk}.raw`, Buffer.alloc(8 * BYTES_PER_SECOND));
  await recordings.finish();
  expect((await states()).map(([state]) => state).sort()).toEqual(['failed', 'ready', 'ready']);
  expect(await inbox()).toEqual([]);
});
