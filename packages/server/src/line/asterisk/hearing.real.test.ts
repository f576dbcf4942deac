import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SoundEvent } from '../port.ts';
import { LineUnderTest } from './line-under-test.ts';

/** Who hears only when the other side makes sounds is told of their beginnings and ends, while our own announcement is heard. */
let world: LineUnderTest;
const heard: SoundEvent[] = [];

beforeAll(async () => {
  world = await LineUnderTest.start();
  world.line.onSound((sound) => heard.push(sound));
  await world.connect();
});
afterAll(() => world.close());

async function answeredAndHeard() {
  const attended = await world.answeredCall();
  heard.length = 0;
  await world.line.hearSounds(attended.callId);
  await world.line.announce(attended.callId, 1, [await world.sound(1, 20_000)]);
  await attended.call.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  return attended;
}

const soundsOf = (callId: string) => heard.filter((sound) => sound.callId === callId).map(({ type }) => type);

test('a sound is told as it begins and once it is over; what we say ourselves is none', async () => {
  const { callId, call } = await answeredAndHeard();
  expect(soundsOf(callId)).toEqual([]);
  void call.play({ toneHz: 700 });
  await expect.poll(() => soundsOf(callId), { timeout: 10_000 }).toEqual(['began']);
  void call.play('silence');
  await expect.poll(() => soundsOf(callId), { timeout: 10_000 }).toEqual(['began', 'ended']);
  await call.hangUp();
});

test('the tone of a fax is told', async () => {
  const { callId, call } = await answeredAndHeard();
  void call.play({ toneHz: 2_100 });
  await expect.poll(() => soundsOf(callId), { timeout: 10_000 }).toContain('faxTone');
  await call.hangUp();
});
