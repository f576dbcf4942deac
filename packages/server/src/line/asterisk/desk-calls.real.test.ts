import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { markerSound } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskCallEvent, DeskCallOrder } from '../port.ts';
import { LineUnderTest } from './line-under-test.ts';
import { isBusy, rings, type StaffAct, staffWho } from './test-staff.ts';

const STAFF = '0725009001';
const PUBLIC = '0725001001';
const BEFORE = 1;
const CHOOSE = 2;
const KEPT = 3;
const ANNOUNCEMENT = 4;
/** What the clerk says into the telephone. */
const FIRST_VOICE = 10;
const SECOND_VOICE = 11;
const WAIT = { timeoutMs: 40_000 };

let world: LineUnderTest;
let heard: DeskCallEvent[] = [];

beforeAll(async () => {
  world = await LineUnderTest.start();
  world.line.onDeskCall((event) => heard.push(event));
  await world.connect();
});
afterAll(() => world.close());

const answers: StaffAct = async (call) => {
  call.ring();
  await call.answer();
};

async function order(
  task: 'listen' | 'record',
  changes: Partial<DeskCallOrder> = {},
): Promise<DeskCallOrder> {
  heard = [];
  const id = randomUUID();
  const [before, choose, kept, announcement] = await Promise.all(
    [BEFORE, CHOOSE, KEPT, ANNOUNCEMENT].map((marker) => world.sound(marker, 600)),
  );
  return {
    id,
    staff: STAFF,
    calledNumber: PUBLIC,
    ringTimeoutMs: 30_000,
    task:
      task === 'listen'
        ? { type: 'listen', sounds: [announcement ?? ''] }
        : {
            type: 'record',
            recordingPath: join(world.recordingDir, `desk-${id}`),
            maxDurationMs: 30_000,
            maxSilenceMs: 10_000,
            sounds: { before: [before ?? ''], choose: [choose ?? ''], kept: [kept ?? ''] },
          },
    ...changes,
  };
}

const becomes = (event: Partial<DeskCallEvent>) =>
  expect.poll(() => heard.at(-1), { timeout: 40_000 }).toMatchObject(event);
const nothingIsLeft = () =>
  expect.poll(() => world.engineHolds(), { timeout: 40_000 }).toEqual({ channels: 0, bridges: 0 });

async function rung(task: 'listen' | 'record') {
  const at = staffWho(world.staff, { [STAFF]: answers });
  const placing = await order(task);
  await world.line.ringDesk(placing);
  return { staff: await at(STAFF), placing };
}

test('a clerk whose computer has no sound hears the announcement by the own telephone', async () => {
  const { staff } = await rung('listen');
  expect(staff.from.user).toBe(PUBLIC);
  await staff.waitForTone({ marker: ANNOUNCEMENT }, WAIT);
  await becomes({ type: 'listened', toEnd: true });
  expect(await staff.ended).toMatchObject({ by: 'them' });
  await nothingIsLeft();
});

test('who hangs up in the middle has not listened to it', async () => {
  const { staff } = await rung('listen');
  await becomes({ type: 'listening' });
  await staff.hangUp();
  await becomes({ type: 'listened', toEnd: false });
  await nothingIsLeft();
});

test('a clerk speaks an announcement after the tone, hears it, speaks it again, and keeps it by 1', async () => {
  const { staff, placing } = await rung('record');
  await staff.waitForTone({ marker: BEFORE }, WAIT);
  await becomes({ type: 'recording' });
  await staff.play(markerSound(FIRST_VOICE, 1_500));
  await staff.press('#');
  await becomes({ type: 'reviewing' });
  await staff.waitForTone({ marker: FIRST_VOICE }, WAIT);
  await staff.waitForTone({ marker: CHOOSE }, WAIT);
  const again = staff.nowMs;
  await staff.press('2');
  await staff.waitForTone({ marker: BEFORE }, { ...WAIT, sinceMs: again });
  await becomes({ type: 'recording' });
  await staff.play(markerSound(SECOND_VOICE, 1_500));
  await staff.press('#');
  await becomes({ type: 'reviewing' });
  const review = staff.nowMs;
  await staff.waitForTone({ marker: SECOND_VOICE }, { ...WAIT, sinceMs: review - 500 });
  await staff.press('1');
  await becomes({ type: 'recorded', id: placing.id });
  await staff.waitForTone({ marker: KEPT }, WAIT);
  await staff.ended;
  const { task } = placing;
  if (task.type !== 'record') throw new Error('not a recording');
  // 8 kHz, 16 bit.
  expect((await stat(`${task.recordingPath}.sln`)).size).toBeGreaterThan(1_000 * 16);
  await nothingIsLeft();
});

test('what was spoken is kept where the clerk just hangs up', async () => {
  const { staff, placing } = await rung('record');
  await becomes({ type: 'recording' });
  await staff.play(markerSound(FIRST_VOICE, 1_500));
  await staff.hangUp();
  await becomes({ type: 'recorded', id: placing.id });
  expect(heard.map(({ type }) => type)).toEqual(['recording', 'recorded']);
  await nothingIsLeft();
});

test('a clerk who hangs up before the tone has recorded nothing', async () => {
  const { staff } = await rung('record');
  await staff.hangUp();
  await becomes({ type: 'failed', reason: 'nothingRecorded' });
  await nothingIsLeft();
});

test('the stop button ends it while it rings, and no other number than an allowed one is rung', async () => {
  const numbers: string[] = [];
  world.staff.onIncoming((call) => {
    numbers.push(call.to.user);
    return rings(call);
  });
  const placing = await order('record');
  await world.line.ringDesk(placing);
  await expect.poll(() => numbers, { timeout: 40_000 }).toEqual([STAFF]);
  await world.line.endDeskCall(placing.id);
  await becomes({ type: 'failed', reason: 'stopped' });
  await nothingIsLeft();
  for (const staff of ['110', '0570000000', '0120000000']) {
    await world.line.ringDesk(await order('listen', { staff }));
    await becomes({ type: 'failed', reason: 'notDialable' });
  }
  expect(numbers).toEqual([STAFF]);
});

test('of a telephone that is busy the page is told', async () => {
  staffWho(world.staff, { [STAFF]: isBusy });
  await world.line.ringDesk(await order('listen'));
  await becomes({ type: 'failed', reason: 'busy' });
  await nothingIsLeft();
});
