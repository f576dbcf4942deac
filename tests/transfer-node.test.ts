import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findMarkers, type IncomingCall, readWav } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { eventTypes, readyRecording, summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

/** Markers that people say themselves; the flow's are 1 … 5. */
const CITIZEN_SAYS = { marker: 20 };
const STAFF_SAYS = { marker: 21 };
const TALK_MS = 2_000;

/** What the staff telephone of a number does. Each has a public number (…14x) that transfers to it (…914x). */
const PLACES = {
  talks: 1,
  busy: 2,
  silent: 3,
  refuses: 4,
  unrecorded: 5,
  leftAlone: 6,
  hungUpOn: 7,
} as const;
type Place = keyof typeof PLACES;
const publicNumber = (place: Place) => `072500014${PLACES[place]}`;
const staffNumber = (place: Place) => `072500914${PLACES[place]}`;

let under: HouseUnderTest;
const arrived = new Map<Place, PromiseWithResolvers<IncomingCall>>();

beforeAll(async () => {
  under = await startHouseUnderTest();
  for (const place of Object.keys(PLACES).filter(isPlace)) {
    arrived.set(place, Promise.withResolvers<IncomingCall>());
    const settings = place === 'unrecorded' ? { recordingEnabled: false } : {};
    await under.serve(publicNumber(place), transferTo(place), settings);
  }
  under.staff.onIncoming(takeCall);
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

function isPlace(name: string): name is Place {
  return Object.hasOwn(PLACES, name);
}

function transferTo(place: Place) {
  return oneFlow(`transfer-${place}`, {
    staff: {
      kind: 'transfer',
      title: '職員',
      to: staffNumber(place),
      ringTimeoutMs: place === 'silent' ? 5_000 : 30_000,
      record: true,
      announcement: { ...markerPrompt(1), transcript: '通話を録音します。' },
      givesRecordingNotice: true,
      next: { busy: 'busy', unanswered: 'unanswered', failed: 'failed', ended: 'ended' },
    },
    ended: sayMarker(2, 'end'),
    busy: sayMarker(3, 'end'),
    unanswered: sayMarker(4, 'end'),
    failed: sayMarker(5, 'end'),
    end: END,
  });
}

async function takeCall(call: IncomingCall): Promise<void> {
  const place = Object.keys(PLACES)
    .filter(isPlace)
    .find((each) => staffNumber(each) === call.to.user);
  if (place === undefined) return call.reject(404);
  arrived.get(place)?.resolve(call);
  if (place === 'busy') return call.reject(486);
  if (place === 'refuses') return call.reject(603);
  call.ring();
  if (place === 'silent' || place === 'leftAlone') return;
  await pause(300);
  await call.answer();
  void call.play(STAFF_SAYS);
}

function staffCall(place: Place): Promise<IncomingCall> {
  return arrived.get(place)?.promise ?? Promise.reject(new Error('no such place'));
}

/** Both talk for two seconds, each heard by the other. */
async function talk(place: Place) {
  const citizen = await under.call(publicNumber(place));
  const staff = await staffCall(place);
  await staff.answered;
  void citizen.play(CITIZEN_SAYS);
  await Promise.all([
    citizen.waitForTone(STAFF_SAYS, { timeoutMs: HEARING_LIMIT_MS }),
    staff.waitForTone(CITIZEN_SAYS, { timeoutMs: HEARING_LIMIT_MS }),
  ]);
  await pause(TALK_MS);
  return { citizen, staff };
}

async function recordedMarkers(callId: string): Promise<readonly (readonly number[])[]> {
  const row = await readyRecording(under.database.db, callId);
  expect(row.kind).toBe('transfer');
  expect(row.duration_ms).toBeGreaterThan(TALK_MS - 500);
  const file = await readFile(join(under.house.settings.recordingsDir, `${row.file_name}.wav`));
  return readWav(file).channels.map((channel) => [
    ...new Set(findMarkers(channel).map(({ marker }) => marker)),
  ]);
}

async function wayOfCall(place: Place) {
  const call = await under.call(publicNumber(place));
  expect((await call.ended).by).toBe('them');
  const { outcome, call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  return { way: wayOf(call), outcome, types: await eventTypes(under.database.db, call_id) };
}

test.concurrent('citizen and staff hear each other, the recording has the citizen left and staff right, and after staff hang up the flow goes on', async () => {
  const { citizen, staff } = await talk('talks');
  await staff.hangUp();
  expect((await citizen.ended).by).toBe('them');
  expect(wayOf(citizen)).toEqual([1, STAFF_SAYS.marker, 2]);
  expect(wayOf(staff)).toEqual([CITIZEN_SAYS.marker]);
  const summary = await summaryOf(under.database.db, citizen.sipCallId, { ended: true });
  expect(summary.outcome).toBe('transfer');
  expect(await recordedMarkers(summary.call_id)).toEqual([[CITIZEN_SAYS.marker], [STAFF_SAYS.marker]]);
});

test.concurrent('a citizen who hangs up first ends the call of staff too, and what was said is kept', async () => {
  const { citizen, staff } = await talk('hungUpOn');
  await citizen.hangUp();
  expect(await staff.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
  const summary = await summaryOf(under.database.db, citizen.sipCallId, { ended: true });
  expect(summary.outcome).toBe('transfer');
  expect(await recordedMarkers(summary.call_id)).toEqual([[CITIZEN_SAYS.marker], [STAFF_SAYS.marker]]);
});

test.concurrent('where staff are talking already the call goes the way of busy', async () => {
  const { way, outcome, types } = await wayOfCall('busy');
  expect(way).toEqual([1, 3]);
  expect(outcome).toBe('announcement');
  expect(types).toContain('transferFailed');
});

test.concurrent('where nobody answers within the ring time the telephone stops ringing and the call goes the way of no answer', async () => {
  const { way } = await wayOfCall('silent');
  expect(way).toEqual([1, 4]);
  const staff = await staffCall('silent');
  const end = await staff.ended;
  expect(end).toMatchObject({ by: 'them', reason: 'cancelled' });
  expect(end.atMs).toBeGreaterThan(4_500);
  expect(end.atMs).toBeLessThan(10_000);
});

test.concurrent('where the call is refused it goes the way of those that cannot be connected', async () => {
  expect((await wayOfCall('refuses')).way).toEqual([1, 5]);
});

test.concurrent('a citizen who hangs up while it rings: the staff telephone stops ringing', async () => {
  const citizen = await under.call(publicNumber('leftAlone'));
  const staff = await staffCall('leftAlone');
  const ringsSinceMs = staff.nowMs;
  await citizen.hangUp();
  const end = await staff.ended;
  expect(end).toMatchObject({ by: 'them', reason: 'cancelled' });
  // Not by the ring time, which is 30 s.
  expect(end.atMs - ringsSinceMs).toBeLessThan(10_000);
  const summary = await summaryOf(under.database.db, citizen.sipCallId, { ended: true });
  expect(summary.outcome).toBe('abandoned');
});

test.concurrent('where recording is switched off for the number, the talk is not recorded', async () => {
  const { citizen, staff } = await talk('unrecorded');
  await staff.hangUp();
  expect((await citizen.ended).by).toBe('them');
  const { call_id } = await summaryOf(under.database.db, citizen.sipCallId, { ended: true });
  const rows = await under.database.db
    .selectFrom('recording')
    .select('recording_id')
    .where('call_id', '=', call_id)
    .execute();
  expect(rows).toEqual([]);
  // The other talks' files are there to show that this one's would be.
  const files = await until('the files of the recorded talks', async () => {
    const names = await readdir(under.house.settings.recordingsDir, { recursive: true });
    return names.some((name) => /\.(raw|wav)$/.test(name)) ? names : null;
  });
  expect(files.filter((name) => name.includes(call_id))).toEqual([]);
});
