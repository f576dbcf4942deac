import { readFile } from 'node:fs/promises';
import { findMarkers, markerSound, type PlacedCall, readWav } from '@madoguchi/telephony/telephone';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { finishTransferRecording } from '../finish-recording.ts';
import { LineUnderTest } from './line-under-test.ts';

/** Callers say marker 10, staff marker 20. */
const CALLER = 10;
const STAFF = 20;
let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
});
afterEach(() => world.events.forget());
afterAll(() => world.close());

const order = { id: 5, to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null };

/** Both speak for a second and hear the other. */
async function talk(
  call: PlacedCall,
  staff: { play: PlacedCall['play']; waitForTone: PlacedCall['waitForTone'] },
) {
  await Promise.all([call.play(markerSound(CALLER, 1000)), staff.play(markerSound(STAFF, 1000))]);
  await call.waitForTone({ marker: STAFF }, { timeoutMs: 5000 });
  await staff.waitForTone({ marker: CALLER }, { timeoutMs: 5000 });
}

async function markersOf(
  wavPath: string,
): Promise<{ left: Set<number>; right: Set<number>; durationMs: number }> {
  const { channels } = readWav(await readFile(wavPath));
  const [left, right] = channels;
  if (left === undefined || right === undefined) throw new Error('not a recording of two parties');
  return {
    left: new Set(findMarkers(left).map(({ marker }) => marker)),
    right: new Set(findMarkers(right).map(({ marker }) => marker)),
    durationMs: left.length / 8,
  };
}

test('caller and staff hear each other and are recorded apart, caller left and staff right', async () => {
  const { callId, call } = await world.answeredCall();
  const incoming = Promise.withResolvers<Parameters<Parameters<typeof world.staff.onIncoming>[0]>[0]>();
  world.staff.onIncoming((taken) => {
    taken.ring();
    incoming.resolve(taken);
  });
  const recordingPath = `${world.recordingDir}/2026-11-24/${callId}-5`;
  const before = world.line.requestCount;
  await world.line.transfer(callId, { ...order, recordingPath });
  await world.events.next('transferRinging');
  const staff = await incoming.promise;
  expect(staff.to.user).toBe('0725009001');
  expect(staff.from.user).toBe('0725001001');
  // The ring tone of Japan: 400 Hz.
  await call.waitForTone({ toneHz: 400 }, { timeoutMs: 5000 });
  await staff.answer();
  await world.events.next('transferAnswered');
  expect(world.line.requestCount - before).toBe(6);
  await talk(call, staff);
  await staff.hangUp();
  expect(await world.events.next('transferEnded')).toEqual({
    type: 'transferEnded',
    callId,
    id: 5,
    by: 'staff',
  });
  // The caller is still there and can be spoken to.
  await world.line.announce(callId, 6, [await world.sound(1, 300)]);
  await world.events.next('announced');
  await world.line.hangUp(callId);
  await call.ended;
  await world.events.next('hungUp');
  expect(call.heardMarkers.map(({ marker }) => marker)).toContain(1);
  const { durationMs } = await finishTransferRecording(recordingPath);
  const recorded = await markersOf(`${recordingPath}.wav`);
  expect(recorded.left).toEqual(new Set([CALLER]));
  expect(recorded.right).toEqual(new Set([STAFF]));
  expect(Math.abs(recorded.durationMs - durationMs)).toBeLessThan(2);
});

test('a caller who hangs up in the talk ends it for the staff too', async () => {
  const { callId, call } = await world.answeredCall();
  const incoming = Promise.withResolvers<Parameters<Parameters<typeof world.staff.onIncoming>[0]>[0]>();
  world.staff.onIncoming((taken) => {
    incoming.resolve(taken);
    void taken.answer();
  });
  await world.line.transfer(callId, order);
  await world.events.next('transferAnswered');
  const staff = await incoming.promise;
  await talk(call, staff);
  await call.hangUp();
  expect(await world.events.next('transferEnded')).toMatchObject({ by: 'caller' });
  await world.events.next('callerHungUp');
  expect(await staff.ended).toMatchObject({ by: 'them' });
});

test.each([
  [486, 'busy', 17],
  [603, 'refused', 21],
  [480, 'unreachable', 19],
  [503, 'unreachable', 34],
  [404, 'unreachable', 1],
] as const)('a staff telephone that answers %i is %s', async (sipCode, reason, q850Cause) => {
  const { callId, call } = await world.answeredCall();
  world.staff.onIncoming((taken) => taken.reject(sipCode));
  await world.line.transfer(callId, order);
  expect(await world.events.next('transferFailed')).toEqual({
    type: 'transferFailed',
    callId,
    id: 5,
    reason,
    sipCode,
    q850Cause,
  });
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('a staff telephone that rings and is not answered in time is unanswered', async () => {
  const { callId, call } = await world.answeredCall();
  const ended = Promise.withResolvers<string>();
  world.staff.onIncoming((taken) => {
    taken.ring();
    void taken.ended.then(({ reason }) => ended.resolve(reason));
  });
  await world.line.transfer(callId, { ...order, ringTimeoutMs: 1000 });
  expect(await world.events.next('transferFailed')).toMatchObject({ reason: 'unanswered', q850Cause: 19 });
  expect(await ended.promise).toBe('cancelled');
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('a caller who hangs up while the staff telephone rings stops its ringing', async () => {
  const { call, callId } = await world.answeredCall();
  const ended = Promise.withResolvers<string>();
  world.staff.onIncoming((taken) => {
    taken.ring();
    void taken.ended.then(({ reason }) => ended.resolve(reason));
  });
  await world.line.transfer(callId, order);
  expect(await world.events.next('transferRinging')).toMatchObject({ callId });
  await call.hangUp();
  await world.events.next('callerHungUp');
  expect(await ended.promise).toBe('cancelled');
});

test('a caller who hangs up in the moment in which a staff telephone is dialled leaves none ringing', async () => {
  const rung: Promise<unknown>[] = [];
  world.staff.onIncoming((taken) => {
    taken.ring();
    rung.push(taken.ended);
  });
  for (let round = 0; round < 10; round++) {
    const { callId, call } = await world.answeredCall();
    // The order and the hang-up cross each other at the engine, or the order comes too late.
    const ordered = world.line.transfer(callId, order);
    await Promise.all([ordered.catch(() => undefined), call.hangUp()]);
    await world.events.next('callerHungUp');
  }
  await expect.poll(() => world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
  await Promise.all(rung);
});

test('an answer that crosses our cancel leads to no talk: the staff telephone is hung up', async () => {
  const { callId, call } = await world.answeredCall();
  const incoming = Promise.withResolvers<Parameters<Parameters<typeof world.staff.onIncoming>[0]>[0]>();
  world.staff.onIncoming((taken) => {
    taken.ring();
    incoming.resolve(taken);
  });
  await world.line.transfer(callId, order);
  await world.events.next('transferRinging');
  const staff = await incoming.promise;
  // Sent in the same turn: one crosses the other.
  const answering = staff.answer();
  await world.line.endTransfer(callId, 5);
  await answering;
  await staff.ended;
  await call.hangUp();
  await world.events.next('callerHungUp');
  expect(world.events.all.filter(({ type }) => type === 'transferAnswered')).toHaveLength(2);
});

test('after all this no leg and no bridge is left, and nothing was warned of', async () => {
  const survivors = await world.reconnect();
  expect(survivors).toEqual([]);
  expect(await world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
  expect(world.warnings).toEqual([]);
});
