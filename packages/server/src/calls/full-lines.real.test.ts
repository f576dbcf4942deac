import { afterEach, beforeEach, expect, test } from 'vitest';
import { END, oneFlow } from '../../../../tests/setup/test-flows.ts';
import { SimulatedLine } from '../line/index.ts';
import { FULL_LINES_BUNDLE_ID } from './built-in-versions.ts';
import type { Switchboard } from './switchboard.ts';
import { TestClock } from './test-clock.ts';
import { TestRoom } from './test-switchboard.ts';

const NUMBER = '0725000201';
const sound = { type: 'audio', audioId: 'sound', transcript: '案内' };
const greeting = {
  kind: 'announcement',
  title: '案内',
  prompt: sound,
  interruptible: false,
  next: { next: 'end' },
};

let room: TestRoom;
let clock: TestClock;
let line: SimulatedLine;
let switchboard: Switchboard;

beforeEach(async () => {
  room = await TestRoom.open();
  clock = new TestClock();
  line = new SimulatedLine({ clock });
  switchboard = await room.switchboard(line, clock);
  await room.serve(NUMBER, oneFlow('number', { greeting, end: END }));
});
afterEach(async () => {
  await switchboard.stop();
  await room.close();
});

/** Our process is gone and another takes up what it left. */
async function takeOver(): Promise<void> {
  await switchboard.stop();
  switchboard = await room.switchboard(line, clock);
  await switchboard.start();
}

const offer = (admission: 'overflow' | 'linesFull') =>
  line.offer({ calledNumber: NUMBER, callerNumber: '09000000001', admission });

/** What the records and the statistics say of the call once it has ended. */
async function recorded(callId: string) {
  await room.summary(callId, ({ outcome }) => outcome !== null);
  const { db } = room.database;
  const summary = await db
    .selectFrom('call_summary')
    .select(['bundle_id', 'outcome'])
    .where('call_id', '=', callId)
    .executeTakeFirstOrThrow();
  const branches = await db
    .selectFrom('branch_count')
    .select(['bundle_id', 'node_id', 'branch', 'count'])
    .orderBy('node_id')
    .execute();
  return { ...summary, branches };
}

const OVERFLOW = {
  bundle_id: FULL_LINES_BUNDLE_ID,
  outcome: 'announcement',
  branches: [
    { bundle_id: FULL_LINES_BUNDLE_ID, node_id: 'end', branch: 'end', count: 1 },
    { bundle_id: FULL_LINES_BUNDLE_ID, node_id: 'notice', branch: 'next', count: 1 },
  ],
};

test('a caller who hears that all lines are taken counts as such when another process takes the call over', async () => {
  await switchboard.start();
  const callId = offer('overflow');
  await expect.poll(() => line.commands.map(({ type }) => type)).toContain('announce');
  await takeOver();
  await expect.poll(() => line.commands.filter(({ type }) => type === 'announce')).toHaveLength(2);
  clock.pass(60_000);
  expect(await recorded(callId)).toEqual(OVERFLOW);
});

test('so it does where the former process died before it had written anything of it', async () => {
  const callId = offer('overflow');
  await line.answer(callId);
  await switchboard.start();
  await expect.poll(() => line.commands.map(({ type }) => type)).toContain('announce');
  clock.pass(60_000);
  expect(await recorded(callId)).toEqual(OVERFLOW);
});

test('a call too many of which nobody had been told is turned away', async () => {
  const callId = offer('linesFull');
  await switchboard.start();
  expect(await recorded(callId)).toEqual({ bundle_id: 'number', outcome: 'refused', branches: [] });
  expect(line.commands.map(({ type }) => type)).toEqual(['hangUp']);
});
