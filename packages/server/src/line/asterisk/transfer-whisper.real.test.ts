import { readFile } from 'node:fs/promises';
import { findMarkers, markerSound, type PlacedCall, readWav } from '@madoguchi/telephony/telephone';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { finishTransferRecording } from '../finish-recording.ts';
import { LineUnderTest } from './line-under-test.ts';
import { answersAndSpeaks, rings, staffWho } from './test-staff.ts';

const CALLER = 10;
const STAFF = 20;
const MACHINE = 21;
/** Two tones, one after the other: a single one said twice would be heard as one. */
const [WHISPER, WHISPER_ENDS] = [5, 6];
const WHISPER_MS = 1_000;
const HEARING = { timeoutMs: 10_000 };
const [ONE, TWO] = ['0725009001', '0725009002'] as const;
let world: LineUnderTest;
let sounds: readonly string[];

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
  sounds = [await world.sound(WHISPER, WHISPER_MS), await world.sound(WHISPER_ENDS, WHISPER_MS)];
});
afterEach(() => world.events.forget());
afterAll(() => world.close());

const byKey = (acceptTimeoutMs = 120_000) => ({ sounds, acceptKey: '1' as const, acceptTimeoutMs });
const order = () => ({ id: 5, to: ONE, ringTimeoutMs: 30_000, recordingPath: null, whisper: byKey() });

const markersOf = (call: { readonly heardMarkers: PlacedCall['heardMarkers'] }) =>
  new Set(call.heardMarkers.map(({ marker }) => marker));

async function leaves(call: PlacedCall): Promise<void> {
  await call.hangUp();
  await world.events.next('callerHungUp');
}

test('an answering machine never has the caller; the one who presses the key has', async () => {
  const at = staffWho(world.staff, { [ONE]: answersAndSpeaks(MACHINE), [TWO]: rings });
  const { callId, call } = await world.answeredCall();
  void call.play({ marker: CALLER });
  const alsoRing = [{ target: 1, to: TWO, ringTimeoutMs: 30_000 }];
  await world.line.transfer(callId, { ...order(), alsoRing });
  const machine = await at(ONE);
  // It has heard it twice: it is said until the key is pressed.
  const { atMs } = await machine.waitForTone({ marker: WHISPER_ENDS }, HEARING);
  await machine.waitForTone({ marker: WHISPER }, { ...HEARING, sinceMs: atMs });
  const staff = await at(TWO);
  await staff.answer();
  await staff.waitForTone({ marker: WHISPER }, HEARING);
  // Another key is none: it is said again.
  await staff.press('7');
  const ends = await staff.waitForTone({ marker: WHISPER_ENDS }, HEARING);
  await staff.waitForTone({ marker: WHISPER }, { ...HEARING, sinceMs: ends.atMs });
  expect(markersOf(staff)).toEqual(new Set([WHISPER, WHISPER_ENDS]));
  await staff.press('1');
  expect(await world.events.next('transferAnswered')).toMatchObject({ callId, target: 1 });
  expect(await machine.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
  void staff.play({ marker: STAFF });
  await Promise.all([
    call.waitForTone({ marker: STAFF }, HEARING),
    staff.waitForTone({ marker: CALLER }, HEARING),
  ]);
  await leaves(call);
  expect(markersOf(call)).toEqual(new Set([STAFF]));
  expect(markersOf(machine)).toEqual(new Set([WHISPER, WHISPER_ENDS]));
});

test('who presses no key in time is hung up and was not there; the caller hears the ring tone meanwhile', async () => {
  const at = staffWho(world.staff, { [ONE]: answersAndSpeaks(MACHINE) });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, { ...order(), whisper: byKey(3_000) });
  await call.waitForTone({ toneHz: 400 }, HEARING);
  expect(await world.events.next('transferFailed')).toMatchObject({ callId, reason: 'unanswered' });
  expect(await (await at(ONE)).ended).toMatchObject({ by: 'them', reason: 'hungUp' });
  await world.line.announce(callId, 6, [await world.sound(1, 300)]);
  await world.events.next('announced');
  await leaves(call);
  expect(markersOf(call)).toEqual(new Set([1]));
});

test('without a key the talk begins at the end of the whisper, and only the talk is recorded', async () => {
  const at = staffWho(world.staff, { [ONE]: rings });
  const { callId, call } = await world.answeredCall();
  void call.play({ marker: CALLER });
  const recordingPath = `${world.recordingDir}/${callId}-5`;
  await world.line.transfer(callId, {
    ...order(),
    recordingPath,
    whisper: { sounds, acceptKey: null, acceptTimeoutMs: 30_000 },
  });
  const staff = await at(ONE);
  await staff.answer();
  const whispered = await staff.waitForTone({ marker: WHISPER }, HEARING);
  await world.events.next('transferAnswered');
  const caller = await staff.waitForTone({ marker: CALLER }, HEARING);
  expect(caller.atMs - whispered.atMs).toBeGreaterThanOrEqual(2 * WHISPER_MS - 100);
  await staff.play(markerSound(STAFF, 1_000));
  await call.waitForTone({ marker: STAFF }, HEARING);
  await leaves(call);
  await staff.ended;
  expect(markersOf(call)).toEqual(new Set([STAFF]));
  await finishTransferRecording(recordingPath);
  const { channels } = readWav(await readFile(`${recordingPath}.wav`));
  const recorded = channels.map((channel) => [...new Set(findMarkers(channel).map(({ marker }) => marker))]);
  expect(recorded).toEqual([[CALLER], [STAFF]]);
});

test('a caller who hangs up during the whisper ends it', async () => {
  const at = staffWho(world.staff, { [ONE]: answersAndSpeaks(STAFF) });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, order());
  const staff = await at(ONE);
  await staff.waitForTone({ marker: WHISPER }, HEARING);
  await leaves(call);
  expect(await staff.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
});

test('staff who pick up after our process came back hear the whisper all the same', async () => {
  const at = staffWho(world.staff, { [ONE]: rings });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, order());
  const staff = await at(ONE);
  await call.waitForTone({ toneHz: 400 }, HEARING);
  await world.reconnect();
  await staff.answer();
  await staff.waitForTone({ marker: WHISPER }, HEARING);
  await staff.press('1');
  expect(await world.events.next('transferAnswered')).toMatchObject({ callId, id: 5 });
  void staff.play({ marker: STAFF });
  await call.waitForTone({ marker: STAFF }, HEARING);
  await leaves(call);
  await staff.ended;
});

test('staff who were listening when our process went are let go, and the caller is not', async () => {
  const at = staffWho(world.staff, { [ONE]: answersAndSpeaks(STAFF) });
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, order());
  const staff = await at(ONE);
  await staff.waitForTone({ marker: WHISPER }, HEARING);
  const [survivor] = await world.reconnect();
  expect(survivor).toMatchObject({ callId, transfer: { id: 5, state: 'ringing' } });
  expect(await world.events.next('transferFailed')).toMatchObject({ id: 5, reason: 'unanswered' });
  expect(await staff.ended).toMatchObject({ by: 'them' });
  await world.line.announce(callId, 6, [await world.sound(1, 300)]);
  await world.events.next('announced');
  await leaves(call);
  expect(markersOf(call)).toEqual(new Set([1]));
});

test('after all this no leg and no bridge is left, and nothing was warned of', async () => {
  expect(await world.reconnect()).toEqual([]);
  expect(await world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
  expect(world.warnings).toEqual([]);
});
