import { expect, test } from 'vitest';
import { fadeEnds, levelLoudness, padEnd, speechLevelDb, TARGET_LEVEL_DB, trimSilence } from './loudness.ts';

const tone = (amplitude: number, samples = 8_000) =>
  Int16Array.from({ length: samples }, (_, at) => amplitude * Math.sin((2 * Math.PI * 700 * at) / 8_000));

test.each([200, 2_000, 20_000])('speech of amplitude %i comes out equally loud', (amplitude) => {
  expect(speechLevelDb(levelLoudness(tone(amplitude)))).toBeCloseTo(TARGET_LEVEL_DB, 0);
});

test('pauses between words do not make the words louder', () => {
  const spaced = Int16Array.from([...tone(2_000), ...new Int16Array(24_000), ...tone(2_000)]);
  expect(speechLevelDb(spaced)).toBeCloseTo(speechLevelDb(tone(2_000)), 1);
});

test('a single loud peak is bent, never wrapped', () => {
  const sound = tone(300);
  sound[4_000] = 32_000;
  const levelled = levelLoudness(sound);
  expect(levelled[4_000]).toBeGreaterThan(20_000);
  expect(levelled.every((sample) => Math.abs(sample) <= 32_767)).toBe(true);
});

test('silence stays silence and is cut to nothing', () => {
  const silence = new Int16Array(8_000);
  expect(levelLoudness(silence)).toEqual(silence);
  expect(trimSilence(silence, 20)).toHaveLength(0);
  expect(speechLevelDb(silence)).toBe(Number.NEGATIVE_INFINITY);
});

test('silence at both ends is cut, the sound is not', () => {
  const sound = Int16Array.from([...new Int16Array(4_000), ...tone(5_000), ...new Int16Array(6_000)]);
  expect(trimSilence(sound, 20)).toHaveLength(8_000 + 320);
});

test('the ends rise from and fall to nothing, and the pause is silent', () => {
  const faded = padEnd(fadeEnds(new Int16Array(800).fill(10_000), 5), 100);
  expect([faded[0], faded[400], faded[799], faded[1_599]]).toEqual([0, 10_000, 0, 0]);
  expect(faded).toHaveLength(1_600);
});
