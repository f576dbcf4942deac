import { ANSWER_SILENCE_MS } from '@madoguchi/flow';
import { keyTones, type PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

/** A caller with a quick finger. */
const QUICK = { durationMs: 60, gapMs: 60 };
/** Of tones, and of keys whose end was lost, the engine tells a fifth of a second later: INFO must not overtake them. */
const REST_MS = 400;
/** Tries until the telephone itself was punctual: packets that it sends late and in a heap are other presses. */
const TRIES = 20;

type Keying = (call: PlacedCall) => Promise<unknown>;

/** What the line tells of the keying of one call; `#`, reported last, closes it. */
async function keysOf(world: LineUnderTest, keying: Keying): Promise<string> {
  for (let tries = 1; ; tries++) {
    const telephone = await world.telephone();
    const server = { host: '127.0.0.1', port: world.asterisk.settings.sipPort };
    const call = await telephone.call({ to: '0725001001', from: '09000000001', server });
    const { callId } = await world.events.next('offered');
    await world.line.answer(callId);
    await world.events.next('answered');
    await call.answered;
    const lateBefore = telephone.pacing.lateOver20Ms;
    await keying(call);
    await call.play(new Int16Array(8 * REST_MS));
    await call.reportKey('#');
    let keys = '';
    for (let key = ''; key !== '#'; keys += key) ({ key } = await world.events.next('keyPressed'));
    await call.hangUp();
    await world.events.next('callerHungUp');
    if (telephone.pacing.lateOver20Ms === lateBefore || tries === TRIES) return keys.slice(0, -1);
  }
}

const tones = (keys: string, times = { durationMs: 100, gapMs: 0 }): Keying => {
  return (call) => call.play(keyTones(keys, times));
};
const eachByInfo = (keys: string, body: 'dtmf-relay' | 'dtmf'): Keying => {
  return async (call) => {
    for (const key of keys) expect(await call.reportKey(key, body)).toBe(200);
  };
};

describe('on a line with RFC 4733', () => {
  let world: LineUnderTest;
  beforeAll(async () => {
    world = await LineUnderTest.start();
    await world.connect();
  });
  afterAll(() => world.close());

  test.each<[string, Keying, string]>([
    ['keys by RFC 4733', (call) => call.pressAll('0123456789*', QUICK), '0123456789*'],
    ['keys by INFO with a length', eachByInfo('1592*', 'dtmf-relay'), '1592*'],
    ['keys by INFO without a length', eachByInfo('1592*', 'dtmf'), '1592*'],
    ['a key whose end packets came three times', (call) => call.press('5'), '5'],
    ['a key of whose end packets one came', (call) => call.press('5', { lostEnds: 2 }), '5'],
    ['keys whose end packets were all lost', (call) => call.pressAll('159', { lostEnds: 3 }), '159'],
    [
      'the same key twice, quickly, with two of three end packets lost',
      (call) => call.pressAll('55', { ...QUICK, lostEnds: 2 }),
      '55',
    ],
  ])('%s: each counts once', async (_, keying, keys) => {
    expect(await keysOf(world, keying)).toBe(keys);
  });

  test.each<[string, Keying]>([
    ['by INFO at the press', (call) => Promise.all([call.press('5'), call.reportKey('5')])],
    ['by INFO without a length', (call) => Promise.all([call.press('5'), call.reportKey('5', 'dtmf')])],
    ['by INFO at the release', (call) => call.press('5').then(() => call.reportKey('5'))],
    ['in the sound', (call) => call.press('5', { inBandToo: true })],
  ])('a press by RFC 4733 that is reported %s too counts once', async (_, keying) => {
    expect(await keysOf(world, keying)).toBe('5');
  });

  test('two quick presses of one key count twice', async () => {
    expect(await keysOf(world, (call) => call.pressAll('55', QUICK))).toBe('55');
  });

  test('a number that is reported twice from the first key to the last is the number', async () => {
    const keying: Keying = async (call) => {
      for (const key of '1990') {
        await call.press(key, { durationMs: 120, gapMs: 0 });
        await call.reportKey(key, 'dtmf-relay', 120);
        await call.play(new Int16Array(8 * 250));
      }
    };
    expect(await keysOf(world, keying)).toBe('1990');
  });

  test('a key whose end was lost counts while the caller still waits for an answer to it', async () => {
    const { callId, call } = await world.answeredCall();
    const { endedAtMs } = await call.press('5', { lostEnds: 3 });
    await world.events.next('keyPressed');
    // A fifth of a second measured.
    expect(call.nowMs - endedAtMs).toBeLessThan(2_000);
    await world.line.hangUp(callId);
    await world.events.next('hungUp');
  });

  test('a key after whose beginning the line was dead for a moment counts once the caller is heard again', async () => {
    const keying: Keying = (call) => call.press('5', { lostEnds: 3, thenDeadMs: 1_500 });
    expect(await keysOf(world, keying)).toBe('5');
  });

  test('the first announcement begins 0.7 s after the answer, later ones at once, and keys count meanwhile', async () => {
    const { callId, call } = await world.answeredCall();
    const answeredAtMs = call.nowMs;
    await world.line.announce(callId, 1, [await world.sound(1, 300)]);
    await call.press('5');
    expect((await world.events.next('keyPressed')).key).toBe('5');
    const first = await call.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
    expect(first.atMs - answeredAtMs).toBeGreaterThan(ANSWER_SILENCE_MS - 100);
    expect(first.atMs - answeredAtMs).toBeLessThan(ANSWER_SILENCE_MS + 3_000);
    await world.events.next('announced');
    // A busy machine may be late once, not five times.
    const delaysMs: number[] = [];
    for (const marker of [2, 3, 4, 5, 6]) {
      const askedAtMs = call.nowMs;
      await world.line.announce(callId, marker, [await world.sound(marker, 300)]);
      delaysMs.push((await call.waitForTone({ marker }, { timeoutMs: 10_000 })).atMs - askedAtMs);
      await world.events.next('announced');
    }
    expect(Math.min(...delaysMs)).toBeLessThan(ANSWER_SILENCE_MS - 100);
    await call.hangUp();
    await world.events.next('callerHungUp');
  });

  test('nothing of all this had to be warned of', () => {
    expect(world.warnings).toEqual([]);
  });
});

describe('on a line whose keys are in the sound', () => {
  let world: LineUnderTest;
  beforeAll(async () => {
    world = await LineUnderTest.start({ dtmf: 'inband' });
    await world.connect();
  });
  afterAll(() => world.close());

  test.each<[string, Keying, string]>([
    ['keys in the sound', tones('0123456789*', { durationMs: 80, gapMs: 80 }), '0123456789*'],
    ['two quick presses of one key', tones('55', QUICK), '55'],
    ['keys by INFO', eachByInfo('1592*', 'dtmf-relay'), '1592*'],
  ])('%s count', async (_, keying, keys) => {
    expect(await keysOf(world, keying)).toBe(keys);
  });

  test.each<[string, Keying]>([
    ['at the press', (call) => Promise.all([tones('5')(call), call.reportKey('5')])],
    [
      'at the release',
      (call) => call.play(keyTones('5', { durationMs: 100, gapMs: 0 })).then(() => call.reportKey('5')),
    ],
  ])('a press that is reported by INFO too, %s, counts once', async (_, keying) => {
    expect(await keysOf(world, keying)).toBe('5');
  });
});
