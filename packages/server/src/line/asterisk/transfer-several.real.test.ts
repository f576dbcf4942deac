import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { findMarkers, markerSound, type PlacedCall, readWav } from '@madoguchi/telephony/telephone';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { finishTransferRecording } from '../finish-recording.ts';
import { LineUnderTest } from './line-under-test.ts';
import { isBusy, rings, speaksTooEarly, staffWho } from './test-staff.ts';

const CALLER = 10;
const STAFF = 20;
const HEARING = { timeoutMs: 10_000 };
const [ONE, TWO, THREE] = ['0725009001', '0725009002', '0725009003'] as const;
let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
});
afterEach(() => world.events.forget());
afterAll(() => world.close());

/** All three ring at once. */
function orderFor(ringTimeoutMs: number) {
  const alsoRing = [TWO, THREE].map((to, index) => ({ target: index + 1, to, ringTimeoutMs }));
  return { id: 5, to: ONE, ringTimeoutMs, recordingPath: null, alsoRing };
}

async function leaves(call: PlacedCall): Promise<void> {
  await call.hangUp();
  await world.events.next('callerHungUp');
}

test('of telephones that ring at once, who answers first has the call and the others stop ringing', async () => {
  const at = staffWho(world.staff, { [ONE]: rings, [TWO]: rings, [THREE]: rings });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, orderFor(120_000));
  const [one, two, three] = await Promise.all([at(ONE), at(TWO), at(THREE)]);
  await call.waitForTone({ toneHz: 400 }, HEARING);
  await two.answer();
  expect(await world.events.next('transferAnswered')).toEqual({
    type: 'transferAnswered',
    callId,
    id: 5,
    target: 1,
  });
  expect([await one.ended, await three.ended]).toEqual([
    expect.objectContaining({ by: 'them', reason: 'cancelled' }),
    expect.objectContaining({ by: 'them', reason: 'cancelled' }),
  ]);
  await Promise.all([call.play(markerSound(CALLER, 1000)), two.play(markerSound(STAFF, 1000))]);
  await Promise.all([
    call.waitForTone({ marker: STAFF }, HEARING),
    two.waitForTone({ marker: CALLER }, HEARING),
  ]);
  await two.hangUp();
  expect(await world.events.next('transferEnded')).toMatchObject({ id: 5, by: 'staff' });
  await world.line.announce(callId, 6, [await world.sound(1, 300)]);
  await world.events.next('announced');
  expect(call.heardMarkers.map(({ marker }) => marker)).toEqual([STAFF, 1]);
  await leaves(call);
});

test('of two who answer at the same moment one talks and is recorded, and the other is hung up', async () => {
  const at = staffWho(world.staff, { [ONE]: rings, [TWO]: rings, [THREE]: isBusy });
  const { callId, call } = await world.answeredCall();
  const recordingPath = `${world.recordingDir}/${callId}-5`;
  await world.line.transfer(callId, { ...orderFor(120_000), recordingPath });
  const both = await Promise.all([at(ONE), at(TWO)]);
  await world.events.next('transferRinging');
  await Promise.all(both.map((staff) => staff.answer()));
  // Each speaks at once: the one with the call is heard, the other by nobody.
  for (const [index, staff] of both.entries()) void staff.play({ marker: STAFF + index });
  const { target } = await world.events.next('transferAnswered');
  const [talking, other] = target === 0 ? both : both.toReversed();
  if (talking === undefined || other === undefined) throw new Error('two telephones were rung');
  expect(await other.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
  void call.play({ marker: CALLER });
  await talking.waitForTone({ marker: CALLER }, HEARING);
  await call.waitForTone({ marker: STAFF + target }, HEARING);
  await pause(1_000);
  expect(other.heardMarkers).toEqual([]);
  await leaves(call);
  expect(new Set(call.heardMarkers.map(({ marker }) => marker))).toEqual(new Set([STAFF + target]));
  expect(await talking.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
  expect(
    world.events.all.filter((event) => event.type === 'transferAnswered' && event.callId === callId),
  ).toHaveLength(1);
  await finishTransferRecording(recordingPath);
  const { channels } = readWav(await readFile(`${recordingPath}.wav`));
  const recorded = channels.map((channel) => [...new Set(findMarkers(channel).map(({ marker }) => marker))]);
  expect(recorded).toEqual([[CALLER], [STAFF + target]]);
});

test('where all are busy the transfer is busy; where one of them rang in vain it is unanswered', async () => {
  staffWho(world.staff, { [ONE]: isBusy, [TWO]: isBusy, [THREE]: isBusy });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, orderFor(1_000));
  expect(await world.events.next('transferFailed')).toMatchObject({ reason: 'busy', sipCode: 486 });
  staffWho(world.staff, { [ONE]: isBusy, [TWO]: rings, [THREE]: isBusy });
  await world.line.transfer(callId, { ...orderFor(1_000), id: 6 });
  expect(await world.events.next('transferFailed')).toMatchObject({ id: 6, reason: 'unanswered' });
  await leaves(call);
});

test('a caller who hangs up stops all telephones that ring', async () => {
  const at = staffWho(world.staff, { [ONE]: rings, [TWO]: rings, [THREE]: rings });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, orderFor(120_000));
  const all = await Promise.all([at(ONE), at(TWO), at(THREE)]);
  await world.events.next('transferRinging');
  await leaves(call);
  for (const staff of all) expect(await staff.ended).toMatchObject({ reason: 'cancelled' });
});

test('sound before an answer (183) is no answer: the caller hears our ring tone until the ring time is over', async () => {
  const at = staffWho(world.staff, { [ONE]: speaksTooEarly(STAFF) });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, { id: 5, to: ONE, ringTimeoutMs: 3_000, recordingPath: null });
  await call.waitForTone({ toneHz: 400 }, HEARING);
  await world.events.next('transferRinging');
  expect(await world.events.next('transferFailed')).toMatchObject({ reason: 'unanswered' });
  expect(await (await at(ONE)).ended).toMatchObject({ by: 'them', reason: 'cancelled' });
  await leaves(call);
  expect(call.heardMarkers).toEqual([]);
});

test('an announcement while staff telephones ring is heard whole, and the ring tone goes on after it', async () => {
  const at = staffWho(world.staff, { [ONE]: rings });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, { id: 5, to: ONE, ringTimeoutMs: 30_000, recordingPath: null });
  await at(ONE);
  await call.waitForTone({ toneHz: 400 }, HEARING);
  await world.line.announce(callId, 6, [await world.sound(1, 2_000)]);
  expect(await world.events.next('announced')).toMatchObject({ id: 6, completed: true });
  const spoken = call.heardMarkers.find(({ marker }) => marker === 1);
  if (spoken === undefined) throw new Error('the announcement was not heard');
  expect(spoken.untilMs - spoken.atMs).toBeGreaterThan(1_900);
  await call.waitForTone({ toneHz: 400 }, { ...HEARING, sinceMs: spoken.untilMs + 100 });
  await leaves(call);
});

test('a caller who waits hears the ring tone while no telephone rings, until he is connected', async () => {
  const at = staffWho(world.staff, { [ONE]: isBusy, [TWO]: () => undefined });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, { id: 5, to: ONE, ringTimeoutMs: 30_000, recordingPath: null });
  await world.events.next('transferFailed');
  await world.line.announce(callId, 6, [await world.sound(1, 1_000)]);
  await world.line.ringTone(callId, true);
  expect(await world.events.next('announced')).toMatchObject({ id: 6, completed: true });
  const spoken = call.heardMarkers.find(({ marker }) => marker === 1);
  if (spoken === undefined) throw new Error('the announcement was not heard');
  await call.waitForTone({ toneHz: 400 }, { ...HEARING, sinceMs: spoken.untilMs + 100 });
  await world.line.transfer(callId, { id: 7, to: TWO, ringTimeoutMs: 30_000, recordingPath: null });
  const staff = await at(TWO);
  await staff.answer();
  await world.events.next('transferAnswered');
  const connectedMs = call.nowMs;
  await staff.play(markerSound(STAFF, 3_500));
  const talk = call.heardMarkers.find(({ marker }) => marker === STAFF);
  // Longer than from one ring to the next: it would have cut the sound in two.
  expect((talk?.untilMs ?? 0) - connectedMs).toBeGreaterThan(3_000);
  expect(call.heardMarkers.filter(({ marker }) => marker === STAFF)).toHaveLength(1);
  await leaves(call);
});

test('a telephone that begins to ring during an announcement does not disturb it', async () => {
  const at = staffWho(world.staff, { [ONE]: () => undefined });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, { id: 5, to: ONE, ringTimeoutMs: 30_000, recordingPath: null });
  const staff = await at(ONE);
  await world.line.announce(callId, 6, [await world.sound(1, 2_000)]);
  await call.waitForTone({ marker: 1 }, HEARING);
  staff.ring();
  expect(await world.events.next('announced')).toMatchObject({ id: 6, completed: true });
  const spoken = call.heardMarkers.find(({ marker }) => marker === 1);
  if (spoken === undefined) throw new Error('the announcement was not heard');
  expect(spoken.untilMs - spoken.atMs).toBeGreaterThan(1_900);
  await call.waitForTone({ toneHz: 400 }, { ...HEARING, sinceMs: spoken.untilMs + 100 });
  await staff.answer();
  await world.events.next('transferAnswered');
  void staff.play({ marker: STAFF });
  await call.waitForTone({ marker: STAFF }, HEARING);
  await leaves(call);
});

test('telephones that ring when our process comes back ring on, and who answers has the call', async () => {
  const at = staffWho(world.staff, { [ONE]: rings, [TWO]: rings, [THREE]: rings });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, orderFor(120_000));
  const [one, two, three] = await Promise.all([at(ONE), at(TWO), at(THREE)]);
  await call.waitForTone({ toneHz: 400 }, HEARING);
  const [survivor] = await world.reconnect();
  expect(survivor).toMatchObject({ callId, transfer: { id: 5, state: 'ringing' } });
  await three.answer();
  expect(await world.events.next('transferAnswered')).toMatchObject({ callId, id: 5, target: 2 });
  for (const other of [one, two]) expect(await other.ended).toMatchObject({ reason: 'cancelled' });
  void three.play({ marker: STAFF });
  await call.waitForTone({ marker: STAFF }, HEARING);
  const [talking] = await world.reconnect();
  expect(talking).toMatchObject({ transfer: { id: 5, state: 'answered', target: 2 } });
  await leaves(call);
  await three.ended;
});

test('after all this no leg and no bridge is left, and nothing was warned of', async () => {
  expect(await world.reconnect()).toEqual([]);
  expect(await world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
  expect(world.warnings).toEqual([]);
});
