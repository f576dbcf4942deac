import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answersAndSpeaks,
  isBusy,
  rings,
  type StaffAct,
  staffWho,
} from '../packages/server/src/line/asterisk/test-staff.ts';
import { afterMarker, HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { eventTypes, summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker, textPrompt } from './setup/test-flows.ts';

/** Markers that people say themselves; the flow's are 0 … 7. */
const CITIZEN_SAYS = { marker: 20 };
const STAFF_SAYS = { marker: 21 };
const MACHINE_SAYS = { marker: 22 };
const HEARING = { timeoutMs: HEARING_LIMIT_MS };

const MARKS = { ended: 2, busy: 3, unanswered: 4, failed: 5, waitedTooLong: 6, leaves: 7 } as const;
const WAIT = 1;

const talks: StaffAct = async (call) => {
  call.ring();
  await pause(300);
  await call.answer();
  void call.play(STAFF_SAYS);
};
/** Is on the telephone at first, and free when called again. */
function busyOnce(): StaffAct {
  let calls = 0;
  return (call) => (calls++ === 0 ? isBusy(call) : talks(call));
}

/** What is transferred to whom: each place has a public number (…15x) and two staff telephones (…92x1, …92x2). */
const PLACES: Readonly<
  Record<string, { readonly settings?: object; readonly one: StaffAct; readonly two: StaffAct }>
> = {
  busyThenFree: { one: isBusy, two: talks },
  silentThenFree: { one: rings, two: talks },
  nobody: { one: isBusy, two: rings },
  machine: {
    settings: { whisper: textPrompt('市民からの電話です。つなぐには1を押してください。'), acceptKey: '1' },
    one: answersAndSpeaks(MACHINE_SAYS.marker),
    two: rings,
  },
  waits: { settings: { waiting: { prompt: markerPrompt(WAIT) } }, one: busyOnce(), two: isBusy },
  leaves: {
    settings: { waiting: { prompt: markerPrompt(WAIT), leaveKey: '9' } },
    one: isBusy,
    two: isBusy,
  },
  restart: { settings: { ringing: 'all', ringTimeoutMs: 120_000 }, one: rings, two: rings },
};
const names = Object.keys(PLACES);
const publicNumber = (place: string) => `072500015${names.indexOf(place)}`;
const staffNumber = (place: string, index: 1 | 2) => `07250092${names.indexOf(place)}${index}`;

let under: HouseUnderTest;
let staffAt: (number: string) => Promise<IncomingCall>;
const rung: string[] = [];

beforeAll(async () => {
  under = await startHouseUnderTest();
  for (const [place, { settings = {} }] of Object.entries(PLACES)) {
    await under.serve(publicNumber(place), transferTo(place, settings));
  }
  const acts = Object.entries(PLACES).flatMap(([place, { one, two }]) => [
    [staffNumber(place, 1), one] as const,
    [staffNumber(place, 2), two] as const,
  ]);
  const noted = acts.map(([number, act]): readonly [string, StaffAct] => [
    number,
    (call) => {
      rung.push(number);
      return act(call);
    },
  ]);
  staffAt = staffWho(under.staff, Object.fromEntries(noted));
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

function transferTo(place: string, { ringTimeoutMs = 5_000, ...settings }: { ringTimeoutMs?: number }) {
  const waits = 'waiting' in settings;
  const branches = Object.keys(MARKS).filter((branch) =>
    branch === 'leaves'
      ? place === 'leaves'
      : waits
        ? branch !== 'busy' && branch !== 'unanswered'
        : branch !== 'waitedTooLong',
  );
  return oneFlow(`transfer-${place}`, {
    staff: {
      kind: 'transfer',
      title: '職員',
      targets: ([1, 2] as const).map((index) => ({ to: staffNumber(place, index), ringTimeoutMs })),
      acceptTimeoutMs: 6_000,
      ...settings,
      next: Object.fromEntries(branches.map((branch) => [branch, branch])),
    },
    ...Object.fromEntries(
      Object.entries(MARKS)
        .filter(([branch]) => branches.includes(branch))
        .map(([branch, marker]) => [branch, sayMarker(marker, 'end')]),
    ),
    end: END,
  });
}

const timesRung = (number: string) => rung.filter((each) => each === number).length;

async function targetsAnswered(sipCallId: string): Promise<readonly unknown[]> {
  const { call_id } = await summaryOf(under.database.db, sipCallId, { ended: true });
  const rows = await under.database.db
    .selectFrom('call_event')
    .select('event')
    .where('call_id', '=', call_id)
    .where('type', '=', 'transferAnswered')
    .execute();
  return rows.map(({ event }) => event);
}

test.concurrent.each(['busyThenFree', 'silentThenFree'])(
  'where the first telephone cannot be had the second rings, and after its talk the flow goes on: %s',
  async (place) => {
    const citizen = await under.call(publicNumber(place));
    const staff = await staffAt(staffNumber(place, 2));
    await citizen.waitForTone(STAFF_SAYS, HEARING);
    void citizen.play(CITIZEN_SAYS);
    await staff.waitForTone(CITIZEN_SAYS, HEARING);
    await staff.hangUp();
    expect((await citizen.ended).by).toBe('them');
    expect(wayOf(citizen)).toEqual([STAFF_SAYS.marker, MARKS.ended]);
    expect(await targetsAnswered(citizen.sipCallId)).toEqual([expect.objectContaining({ target: 1 })]);
    expect([timesRung(staffNumber(place, 1)), timesRung(staffNumber(place, 2))]).toEqual([1, 1]);
  },
);

test.concurrent('where one is busy and the other does not answer, the call goes the way of no answer', async () => {
  const citizen = await under.call(publicNumber('nobody'));
  expect((await citizen.ended).by).toBe('them');
  expect(wayOf(citizen)).toEqual([MARKS.unanswered]);
  expect(await (await staffAt(staffNumber('nobody', 2))).ended).toMatchObject({ reason: 'cancelled' });
});

test.concurrent('an answering machine never has the citizen: the next telephone rings, and whoever presses the key has him', async () => {
  const citizen = await under.call(publicNumber('machine'));
  void citizen.play(CITIZEN_SAYS);
  const machine = await staffAt(staffNumber('machine', 1));
  expect(await machine.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
  const staff = await staffAt(staffNumber('machine', 2));
  await staff.answer();
  await pause(1_000);
  expect(wayOf(staff)).toEqual([]);
  await staff.press('1');
  await staff.waitForTone(CITIZEN_SAYS, HEARING);
  void staff.play(STAFF_SAYS);
  await citizen.waitForTone(STAFF_SAYS, HEARING);
  await staff.hangUp();
  expect((await citizen.ended).by).toBe('them');
  expect(wayOf(citizen)).toEqual([STAFF_SAYS.marker, MARKS.ended]);
  expect(wayOf(machine)).toEqual([]);
});

test.concurrent('where all are busy the citizen is told to wait, and staff who are free when called again have him', async () => {
  const citizen = await under.call(publicNumber('waits'));
  await citizen.waitForTone(STAFF_SAYS, HEARING);
  await citizen.hangUp();
  expect(wayOf(citizen)).toEqual([WAIT, STAFF_SAYS.marker]);
  const [first] = await targetsAnswered(citizen.sipCallId);
  expect(first).toMatchObject({ target: 0 });
});

test.concurrent('a citizen who was told to wait and presses the key goes on without waiting', async () => {
  const citizen = await under.call(publicNumber('leaves'));
  await afterMarker(citizen, WAIT);
  await citizen.press('9');
  expect((await citizen.ended).by).toBe('them');
  expect(wayOf(citizen)).toEqual([WAIT, MARKS.leaves]);
});

test('a process of ours that dies while several telephones ring: they ring on, none twice, and who answers has the citizen', async () => {
  const citizen = await under.call(publicNumber('restart'));
  const [one, two] = await Promise.all([
    staffAt(staffNumber('restart', 1)),
    staffAt(staffNumber('restart', 2)),
  ]);
  await citizen.waitForTone({ toneHz: 400 }, HEARING);
  await under.kill('calls');
  const { call_id } = await summaryOf(under.database.db, citizen.sipCallId, { ended: false });
  await expect
    .poll(() => eventTypes(under.database.db, call_id), { timeout: 60_000, interval: 100 })
    .toContain('resumed');
  await two.answer();
  void two.play(STAFF_SAYS);
  await citizen.waitForTone(STAFF_SAYS, HEARING);
  expect(await one.ended).toMatchObject({ by: 'them', reason: 'cancelled' });
  await two.hangUp();
  expect((await citizen.ended).by).toBe('them');
  expect(wayOf(citizen)).toEqual([STAFF_SAYS.marker, MARKS.ended]);
  expect(await targetsAnswered(citizen.sipCallId)).toEqual([expect.objectContaining({ target: 1 })]);
  expect([timesRung(staffNumber('restart', 1)), timesRung(staffNumber('restart', 2))]).toEqual([1, 1]);
});
