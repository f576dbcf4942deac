import { expect, test } from 'vitest';
import { findClip } from './findClip.ts';
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from './g711.ts';
import { babble, generator, speech } from './syntheticSpeech.ts';

function heardAt(clip: Int16Array, atMs: number, durationMs = 8000): Int16Array {
  const line = new Int16Array(durationMs * 8);
  line.set(clip, atMs * 8);
  return decodeAlaw(encodeAlaw(decodeUlaw(encodeUlaw(line))));
}

test('a prompt is found where it was heard, quieter, transcoded and with lost packets', () => {
  const clip = speech(1, 3000);
  const line = heardAt(
    clip.map((sample) => sample / 6),
    1234,
  );
  const random = generator(9);
  for (let at = 0; at + 160 <= line.length; at += 160) if (random() < 0.03) line.fill(0, at, at + 160);
  const finding = findClip(line, clip);
  expect(finding).toMatchObject({ found: true, atMs: 1234 });
  expect(finding.correlation).toBeGreaterThan(0.95);
});

test('another prompt of the same voice is not found', () => {
  for (let seed = 2; seed < 12; seed++) {
    const { found, correlation } = findClip(heardAt(speech(seed, 3000), 500), speech(seed + 100, 3000));
    expect(found).toBe(false);
    expect(correlation).toBeLessThan(0.4);
  }
});

test('a prompt with one other word is not found', () => {
  const clip = speech(3, 4000);
  const other = clip.slice();
  other.set(speech(77, 400), 2000 * 8);
  const finding = findClip(heardAt(other, 700), clip);
  expect(finding.correlation).toBeGreaterThan(0.8);
  expect(finding.found).toBe(false);
});

test('a prompt that broke off is not found, nor one in silence, noise or other voices', () => {
  const clip = speech(4, 3000);
  expect(findClip(heardAt(clip.subarray(0, 16000), 300), clip).found).toBe(false);
  expect(findClip(new Int16Array(40000), clip).found).toBe(false);
  expect(findClip(new Int16Array(0), clip).found).toBe(false);
  expect(findClip(babble(1, 6000), clip).found).toBe(false);
  const random = generator(5);
  expect(
    findClip(
      Int16Array.from({ length: 48000 }, () => (random() - 0.5) * 20000),
      clip,
    ).found,
  ).toBe(false);
});

test('a prompt is found under other voices that are half as loud', () => {
  const clip = speech(6, 3000);
  const line = heardAt(clip, 900);
  const others = babble(3, 8000);
  const mixed = line.map((sample, at) => Math.max(-32768, Math.min(32767, sample + (others[at] ?? 0) / 4)));
  expect(findClip(mixed, clip)).toMatchObject({ found: true, atMs: 900 });
});
