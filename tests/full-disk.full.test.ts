import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { HealthSchema } from '../packages/server/src/http/contract.ts';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { type AdminPage, openAdminPage } from './setup/admin-page.ts';
import { afterMarker, HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { engineEmpty, telephoneParts } from './setup/engine-state.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { eventTypes, inboxOf, readyRecording, summaryOf } from './setup/records.ts';
import { openSmallDisk, type SmallDisk } from './setup/small-disk.ts';
import { END, markerPrompt, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const TALK = '0725000221';
const MESSAGE = '0725000222';
const STAFF = '0725009221';
const CITIZEN_SAYS = { marker: 20 };
const STAFF_SAYS = { marker: 21 };
const [NOTICE, AFTER, EMPTY] = [0, 1, 2] as const;
const DISK_BYTES = 48 * 2 ** 20;

vi.setConfig({ testTimeout: 240_000 });

const ALERT = '録音を保存する場所がいっぱいです。';
const WARNING = '録音を保存する場所が残りわずかです。';

let disk: SmallDisk;
let under: HouseUnderTest;
let browser: Browser;
let admin: AdminPage;

beforeAll(async () => {
  disk = await openSmallDisk(DISK_BYTES);
  under = await startHouseUnderTest({}, async (dataDir) => {
    // What the telephone keeps for itself lies on the same disk, as in most houses.
    for (const folder of ['recordings', 'state']) {
      await mkdir(join(disk.path, folder));
      await symlink(join(disk.path, folder), join(dataDir, folder));
    }
  });
  browser = await launchBrowser();
  admin = await openAdminPage(browser, under);
  under.staff.onIncoming(async (call) => {
    await call.answer();
    void call.play(STAFF_SAYS);
  });
  const notice = { ...markerPrompt(NOTICE), transcript: '通話を録音します。' };
  await under.serve(
    TALK,
    oneFlow('talk', {
      staff: {
        kind: 'transfer',
        title: '職員',
        to: STAFF,
        record: true,
        announcement: notice,
        givesRecordingNotice: true,
        next: { busy: 'end', unanswered: 'end', failed: 'end', ended: 'after' },
      },
      after: sayMarker(AFTER, 'end'),
      end: END,
    }),
  );
  await under.serve(
    MESSAGE,
    oneFlow('message', {
      message: {
        kind: 'voicemail',
        title: '伝言',
        notice,
        maxDurationMs: 20_000,
        maxSilenceMs: 5_000,
        next: { recorded: 'after', empty: 'empty' },
      },
      after: sayMarker(AFTER, 'end'),
      empty: sayMarker(EMPTY, 'end'),
      end: END,
    }),
  );
}, 240_000);

afterAll(async () => {
  await admin?.close();
  await browser?.close();
  await under?.stop();
  await disk?.close();
});

async function spaceSaid(): Promise<string> {
  const reply = await fetch(`${under.house.httpUrl}/api/health`);
  return HealthSchema.parse(await reply.json()).recordingSpace;
}

/** Citizen and staff hear each other for two seconds. */
async function talk(): Promise<PlacedCall> {
  const call = await under.call(TALK);
  void call.play(CITIZEN_SAYS);
  await call.waitForTone(STAFF_SAYS, { timeoutMs: HEARING_LIMIT_MS });
  await pause(2_000);
  return call;
}

async function recordingOf(call: PlacedCall) {
  const { db } = under.database;
  const { call_id } = await summaryOf(db, call.sipCallId, { ended: true });
  return await until('what became of the recording', async () => {
    const rows = await db.selectFrom('recording').selectAll().where('call_id', '=', call_id).execute();
    return rows.find(({ state }) => state !== 'recording');
  });
}

test('staff are warned while there is still some room, and recordings are kept', async () => {
  await until('the warning', async () => (await spaceSaid()) === 'low');
  await admin.page.goto(under.house.httpUrl);
  await admin.signIn();
  await admin.page.getByText(WARNING).waitFor();
  const call = await talk();
  await call.hangUp();
  const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  expect((await readyRecording(under.database.db, call_id)).duration_ms).toBeGreaterThan(1_500);
});

test('on a full disk staff are told, talks go on without a recording, and nothing of the records is lost', async () => {
  const parts = telephoneParts(under);
  await disk.fill();
  await until('the alert', async () => (await spaceSaid()) === 'full');
  await admin.page.getByRole('alert').filter({ hasText: ALERT }).waitFor();
  await admin.picture('full-disk');

  const call = await talk();
  await call.hangUp();
  expect((await recordingOf(call)).state).toBe('failed');
  const { db } = under.database;
  const summary = await summaryOf(db, call.sipCallId, { ended: true });
  expect(summary.outcome).toBe('transfer');
  const types = await eventTypes(db, summary.call_id);
  expect(types.slice(0, 4)).toEqual(['began', 'answered', 'announced', 'transferAnswered']);
  expect(types.at(-1)).toBe('callerHungUp');
  expect(telephoneParts(under)).toEqual(parts);
  await engineEmpty(under);
});

test('a caller who would leave a message on a full disk is not led to believe that it was kept', async () => {
  const call = await under.call(MESSAGE);
  void call.play(CITIZEN_SAYS);
  await afterMarker(call, NOTICE);
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual([NOTICE, EMPTY]);
  expect((await recordingOf(call)).state).toBe('failed');
  const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  expect(await inboxOf(under.database.db, call_id)).toEqual([]);
});

test('a disk that fills up in the middle of a talk leaves the talk alone, and what was recorded until then is kept', async () => {
  await disk.empty();
  await until('room', async () => (await spaceSaid()) !== 'full');
  const call = await talk();
  await disk.fill();
  const filledAtMs = call.nowMs;
  await pause(2_000);
  await call.waitForTone(STAFF_SAYS, { timeoutMs: HEARING_LIMIT_MS, sinceMs: filledAtMs + 1_500 });
  await call.hangUp();
  const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  await disk.empty();
  expect((await readyRecording(under.database.db, call_id, 90_000)).duration_ms).toBeGreaterThan(1_000);
});

test('with room again the alert goes, recordings are kept, and no half-made file lies about', async () => {
  await until('room', async () => (await spaceSaid()) !== 'full');
  await admin.page.getByText(ALERT).waitFor({ state: 'detached' });
  const call = await talk();
  await call.hangUp();
  const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: true });
  await readyRecording(under.database.db, call_id);
  const left = await readdir(under.house.settings.recordingsDir);
  expect(left.filter((name) => /\.(part|raw|sln)$/.test(name))).toEqual([]);
});
