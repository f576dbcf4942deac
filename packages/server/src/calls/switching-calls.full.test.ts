import { KeySchema } from '@madoguchi/flow';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { END, oneFlow } from '../../../../tests/setup/test-flows.ts';
import { SimulatedLine } from '../line/index.ts';
import { fallbacksOf } from './fallback.ts';
import type { Switchboard } from './switchboard.ts';
import { TestClock } from './test-clock.ts';
import { TestRoom } from './test-switchboard.ts';

const NUMBER = '0725000241';
const say = {
  kind: 'announcement',
  title: '案内',
  prompt: { type: 'audio', audioId: 'sound', transcript: '案内' },
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
  await room.serve(NUMBER, oneFlow('in-force', { hello: say, end: END }));
  await room.database.db.updateTable('emergency_telephone').set({ phone_number: NUMBER }).execute();
  await room.directory.load();
  switchboard = await room.switchboard(line, clock);
  await switchboard.start();
});
afterEach(async () => {
  await switchboard.stop();
  await room.close();
});

const commandsOf = (callId: string) =>
  line.commands.filter((each) => each.callId === callId).map(({ type }) => type);
const announcements = (callId: string) => commandsOf(callId).filter((type) => type === 'announce').length;
const hears = (callId: string, count: number) =>
  vi.waitFor(() => expect(announcements(callId)).toBe(count), { timeout: 10_000 });
const press = (callId: string, keys: string) => {
  for (const key of keys) line.press(callId, KeySchema.parse(key));
};

/** A call that has heard the greeting begin. */
async function greeted(): Promise<string> {
  const callId = line.offer({ calledNumber: NUMBER, callerNumber: '09000000001' });
  await vi.waitFor(() => expect(commandsOf(callId)).toContain('answer'));
  // The answer is told before the command has returned.
  await vi.waitFor(() => {
    clock.pass(100);
    expect(announcements(callId)).toBe(1);
  });
  return callId;
}

test('a call to the number for switching meets the dialogue in place of the flow, and is in no record of calls', async () => {
  const callId = await greeted();
  press(callId, '4821');
  await hears(callId, 2);
  press(callId, '739164#');
  await hears(callId, 3);
  line.callerHangsUp(callId);
  const { db } = room.database;
  const refused = await db.selectFrom('audit_log').select(['action', 'subject']).execute();
  expect(refused).toEqual([{ action: 'emergencyTelephoneRefused', subject: callId }]);
  expect(await db.selectFrom('call_event').selectAll().execute()).toEqual([]);
  expect(await db.selectFrom('call_summary').selectAll().execute()).toEqual([]);
  expect(switchboard.callsInProgress).toBe(0);
});

test('while PostgreSQL is away the caller hears so and the call ends', async () => {
  const callId = await greeted();
  room.way.fallSilent();
  press(callId, '4821');
  await hears(callId, 2);
  press(callId, '739164#');
  await hears(callId, 3);
  clock.pass(60_000);
  await vi.waitFor(() => expect(commandsOf(callId).at(-1)).toBe('hangUp'));
});

test('a caller who is left by a former process is greeted anew by the next, and one too many gets busy', async () => {
  const callId = await greeted();
  await switchboard.stop();
  switchboard = await room.switchboard(line, clock);
  await switchboard.start();
  await vi.waitFor(() => {
    clock.pass(100);
    expect(announcements(callId)).toBe(2);
  });
  const second = line.offer({ calledNumber: NUMBER, admission: 'linesFull' });
  await vi.waitFor(() => expect(commandsOf(second)).toEqual(['hangUp']));
});

test('nobody stays for ever, and the telephone rings no other for that number while we are away', async () => {
  const callId = await greeted();
  clock.pass(10 * 60_000);
  await vi.waitFor(() => expect(commandsOf(callId)).toContain('hangUp'));
  await room.database.db
    .updateTable('phone_number')
    .set({ fallback_number: '0725009001', forward_to: '0725009001' })
    .execute();
  await room.directory.load();
  expect(fallbacksOf(room.directory, clock.now())).toMatchObject([{ fallback: null, forwardTo: null }]);
});
