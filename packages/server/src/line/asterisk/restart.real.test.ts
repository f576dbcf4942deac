import { readFile } from 'node:fs/promises';
import { findMarkers, markerSound, readWav } from '@madoguchi/telephony/telephone';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishTransferRecording } from '../finish-recording.ts';
import { LineUnderTest } from './line-under-test.ts';

let world: LineUnderTest;

beforeEach(async () => {
  world = await LineUnderTest.start({
    fallbackNumbers: (apology) => [
      {
        number: '0725001001',
        fallback: '0725009009',
        openIntervals: [{ fromEpochMs: 0, toEpochMs: 8e12 }],
        apologySound: apology,
      },
      {
        number: '0725001002',
        fallback: '0725009009',
        openIntervals: [{ fromEpochMs: 0, toEpochMs: 1000 }],
        apologySound: null,
      },
    ],
  });
  await world.connect();
});
afterEach(() => world.close());

function takeCalls() {
  const incoming = Promise.withResolvers<Parameters<Parameters<typeof world.staff.onIncoming>[0]>[0]>();
  world.staff.onIncoming((taken) => {
    taken.ring();
    incoming.resolve(taken);
  });
  return incoming.promise;
}

test('a call goes on when our process comes back, and hears only what is said from then on', async () => {
  const { callId, call } = await world.answeredCall();
  await world.line.announce(callId, 1, [await world.sound(1, 30_000)]);
  await call.waitForTone({ marker: 1 }, { timeoutMs: 5000 });
  expect(await world.reconnect()).toEqual([
    {
      callId,
      answered: true,
      admission: 'served',
      calledNumbers: ['0725001001'],
      callerNumber: '09000000001',
      withheldReason: null,
      sipCallId: call.sipCallId,
      transfer: null,
    },
  ]);
  await world.line.announce(callId, 2, [await world.sound(2, 300)]);
  expect(await world.events.next('announced')).toMatchObject({ id: 2, completed: true });
  await call.press('7');
  expect(await world.events.next('keyPressed')).toMatchObject({ callId, key: '7' });
  await world.line.hangUp(callId);
  await world.events.next('hungUp');
  expect(world.events.kinds).toEqual(['announced', 'hungUp']);
  expect(world.warnings).toEqual([]);
});

test('a talk is not disturbed by the loss of our process, and its end is reported by the next', async () => {
  const { callId, call } = await world.answeredCall();
  const incoming = takeCalls();
  const recordingPath = `${world.recordingDir}/${callId}-5`;
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 9000, recordingPath });
  const staff = await incoming;
  await staff.answer();
  await world.events.next('transferAnswered');
  void staff.play({ marker: 20 });
  await call.waitForTone({ marker: 20 }, { timeoutMs: 5000 });
  const [survivor] = await world.reconnect();
  expect(survivor).toMatchObject({ callId, transfer: { id: 5, state: 'answered' } });
  void staff.play({ marker: 21 });
  await call.waitForTone({ marker: 21 }, { timeoutMs: 5000 });
  await staff.hangUp();
  expect(await world.events.next('transferEnded')).toMatchObject({ id: 5, by: 'staff' });
  await call.hangUp();
  await world.events.next('callerHungUp');
  expect(call.rtpStats().maxGapMs).toBeLessThan(100);
  expect(world.warnings).toEqual([]);
});

test('a staff telephone that still rings when our process comes back is put through and recorded', async () => {
  const { callId, call } = await world.answeredCall();
  const incoming = takeCalls();
  const recordingPath = `${world.recordingDir}/${callId}-5`;
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 9000, recordingPath });
  await world.events.next('transferRinging');
  const staff = await incoming;
  const [survivor] = await world.reconnect();
  expect(survivor).toMatchObject({ callId, transfer: { id: 5, state: 'ringing' } });
  await staff.answer();
  expect(await world.events.next('transferAnswered')).toMatchObject({ callId, id: 5 });
  void call.play({ marker: 10 });
  await staff.play(markerSound(20, 1000));
  await call.hangUp();
  await world.events.next('callerHungUp');
  expect(await staff.ended).toMatchObject({ by: 'them' });
  expect((await finishTransferRecording(recordingPath)).durationMs).toBeGreaterThan(800);
});

test('a staff telephone that is answered while no process of ours is there is let go, and the caller is not', async () => {
  const { callId, call } = await world.answeredCall();
  const incoming = takeCalls();
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 9000, recordingPath: null });
  await world.events.next('transferRinging');
  const staff = await incoming;
  await world.line.stop();
  await staff.answer();
  expect(await staff.ended).toMatchObject({ by: 'them' });
  const [survivor] = await world.reconnect();
  expect(survivor).toMatchObject({ callId, transfer: null });
  await world.line.announce(callId, 6, [await world.sound(1, 300)]);
  await world.events.next('announced');
  expect(call.heardMarkers.map(({ marker }) => marker)).toContain(1);
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('after a crash of Asterisk the recording plays, the loss is told and the next call is answered', async () => {
  const { callId, call } = await world.answeredCall();
  const incoming = takeCalls();
  const recordingPath = `${world.recordingDir}/${callId}-5`;
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 9000, recordingPath });
  const staff = await incoming;
  await staff.answer();
  await world.events.next('transferAnswered');
  await Promise.all([call.play(markerSound(10, 4000)), staff.play(markerSound(20, 4000))]);
  const heard = await call.waitForTone({ marker: 20 }, { timeoutMs: 5000 });
  await world.asterisk.kill9();
  const talkedMs = call.nowMs - heard.atMs;
  await world.events.next('engineLost');
  await world.restartAsterisk();
  expect(await world.events.next('engineBack')).toEqual({ type: 'engineBack', surviving: [] });
  call.abandon();
  staff.abandon();
  const { durationMs } = await finishTransferRecording(recordingPath);
  const [left, right] = readWav(await readFile(`${recordingPath}.wav`)).channels;
  const markers = (side: Int16Array | undefined) =>
    new Set(findMarkers(side ?? new Int16Array()).map(({ marker }) => marker));
  expect(markers(left)).toEqual(new Set([10]));
  expect(markers(right)).toEqual(new Set([20]));
  expect(durationMs).toBeGreaterThan(talkedMs - 2000);

  const next = await world.answeredCall();
  expect(next.callId).not.toBe(callId);
  await world.line.hangUp(next.callId);
  await world.events.next('hungUp');
});

test('with our process away, callers hear the apology and reach the fallback in opening hours only', async () => {
  await world.line.stop();
  const incoming = takeCalls();
  const open = await world.call({ to: '0725001001' });
  await open.waitForTone({ marker: 9 }, { timeoutMs: 5000 });
  const staff = await incoming;
  expect(staff.to.user).toBe('0725009009');
  await staff.answer();
  void staff.play({ marker: 20 });
  await open.waitForTone({ marker: 20 }, { timeoutMs: 5000 });
  await open.hangUp();
  await staff.ended;

  let dialled = false;
  world.staff.onIncoming((taken) => {
    dialled = true;
    taken.reject(486);
  });
  const closed = await world.call({ to: '0725001002' });
  expect(await closed.ended).toMatchObject({ by: 'them' });
  expect(closed.heardMarkers.map(({ marker }) => marker)).toEqual([9]);
  expect(dialled).toBe(false);

  const unassigned = await world.call({ to: '0725001099' });
  expect(await unassigned.ended).toMatchObject({ by: 'them' });
  expect(unassigned.heardMarkers.map(({ marker }) => marker)).toEqual([9]);
});

test('opening hours that change are taken over while calls go on', async () => {
  const { callId, call } = await world.answeredCall();
  await world.changeFallback([
    { number: '0725001001', fallback: '0725009009', openIntervals: [], apologySound: null },
  ]);
  await world.line.announce(callId, 1, [await world.sound(1, 200)]);
  await world.events.next('announced');
  await call.hangUp();
  await world.events.next('callerHungUp');
  await world.line.stop();
  let dialled = false;
  world.staff.onIncoming((taken) => {
    dialled = true;
    taken.reject(486);
  });
  const closed = await world.call({ to: '0725001001' });
  expect(await closed.ended).toMatchObject({ by: 'them' });
  expect(dialled).toBe(false);
});
