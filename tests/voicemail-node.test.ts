import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findMarkers, type PlacedCall, readWav } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterMarker, HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { CITIZEN, type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { branchCounts, inboxOf, readyRecording, summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000151';
const CITIZEN_SAYS = { marker: 20 };
const [NOTICE, RECORDED, EMPTY] = [1, 2, 3] as const;
const SILENCE_MS = 2_000;
/** What Asterisk plays when it begins to record. */
const BEEP = { toneHz: 1_000 };

let under: HouseUnderTest;

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(
    NUMBER,
    oneFlow('voicemail', {
      message: {
        kind: 'voicemail',
        title: '伝言',
        notice: { ...markerPrompt(NOTICE), transcript: '伝言を録音します。' },
        maxDurationMs: 20_000,
        maxSilenceMs: SILENCE_MS,
        next: { recorded: 'recorded', empty: 'empty' },
      },
      recorded: sayMarker(RECORDED, 'end'),
      empty: sayMarker(EMPTY, 'end'),
      end: END,
    }),
  );
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

/** A caller who has heard notice and beep. */
async function atBeep(): Promise<PlacedCall> {
  const call = await under.call(NUMBER);
  await afterMarker(call, NOTICE);
  await call.waitForTone(BEEP, { timeoutMs: HEARING_LIMIT_MS });
  await pause(500);
  return call;
}

async function recorded(call: PlacedCall) {
  const { db } = under.database;
  const { call_id, outcome } = await summaryOf(db, call.sipCallId, { ended: true });
  const row = await readyRecording(db, call_id);
  const file = await readFile(join(under.house.settings.recordingsDir, `${row.file_name}.wav`));
  const { channels } = readWav(file);
  const [message] = channels;
  return {
    outcome,
    kind: row.kind,
    channels: channels.length,
    durationMs: row.duration_ms ?? 0,
    recordingId: row.recording_id,
    inbox: await inboxOf(db, call_id),
    spokenMs: findMarkers(message ?? new Int16Array())
      .filter(({ marker }) => marker === CITIZEN_SAYS.marker)
      .reduce((sum, { atMs, untilMs }) => sum + untilMs - atMs, 0),
  };
}

test.concurrent('a message is kept as the caller spoke it, and the end key ends it', async () => {
  const call = await atBeep();
  void call.play(CITIZEN_SAYS);
  await pause(3_000);
  await call.press('#');
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([NOTICE, RECORDED]);
  const message = await recorded(call);
  expect(message).toMatchObject({ outcome: 'voicemail', kind: 'voicemail', channels: 1 });
  expect(message.spokenMs).toBeGreaterThan(2_500);
  expect(message.durationMs).toBeLessThan(6_000);
  expect(message.inbox).toMatchObject([
    {
      item_id: message.recordingId,
      kind: 'voicemail',
      phone_number: NUMBER,
      call_back_number: CITIZEN,
      state: 'open',
    },
  ]);
});

test.concurrent('silence ends a message', async () => {
  const call = await atBeep();
  void call.play(CITIZEN_SAYS);
  await pause(2_500);
  void call.play('silence');
  const silentSinceMs = call.nowMs;
  const { atMs } = await call.waitForTone({ marker: RECORDED }, { timeoutMs: HEARING_LIMIT_MS });
  // Not by the longest time, which is 20 s.
  expect(atMs - silentSinceMs).toBeLessThan(SILENCE_MS + 6_000);
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([NOTICE, RECORDED]);
  expect((await recorded(call)).spokenMs).toBeGreaterThan(2_000);
});

test.concurrent('a caller who ends the message at once goes the way of those who left none', async () => {
  const call = await atBeep();
  await call.press('#');
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([NOTICE, EMPTY]);
  const { db } = under.database;
  const { call_id, outcome } = await summaryOf(db, call.sipCallId, { ended: true });
  expect(outcome).toBe('announcement');
  // Its recording is settled, so that what would lie in the inbox lies there.
  await until('the recording settled', async () => {
    const rows = await db.selectFrom('recording').select('state').where('call_id', '=', call_id).execute();
    return rows.every(({ state }) => state !== 'recording');
  });
  expect(await inboxOf(db, call_id)).toEqual([]);
});

test.concurrent('what a caller said who hung up in the middle is kept', async () => {
  const call = await atBeep();
  void call.play(CITIZEN_SAYS);
  await pause(3_000);
  await call.hangUp();
  const message = await recorded(call);
  expect(message).toMatchObject({ outcome: 'voicemail', kind: 'voicemail' });
  expect(message.spokenMs).toBeGreaterThan(2_500);
  expect(message.inbox).toMatchObject([{ item_id: message.recordingId }]);
});

test('a message that the caller ends while the controlling process is down is kept, and the call goes on', async () => {
  const call = await atBeep();
  void call.play(CITIZEN_SAYS);
  await pause(3_000);
  // The supervisor needs longer to start it again than the key takes.
  await under.kill('calls');
  await call.press('#');
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([NOTICE, RECORDED]);
  const message = await recorded(call);
  expect(message).toMatchObject({ outcome: 'voicemail', kind: 'voicemail', channels: 1 });
  expect(message.spokenMs).toBeGreaterThan(2_500);
});

test('the counts say how many left a message and how many did not', async () => {
  expect(await branchCounts(under.database.db, 'voicemail')).toEqual({
    'message recorded': 4,
    'message empty': 1,
    'recorded next': 3,
    'empty next': 1,
    'end end': 4,
  });
});
