import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMuLaw, encodeALaw, encodeMuLaw } from './g711.ts';

test('silence is 0xFF in µ-law and 0xD5 in A-law', () => {
  expect([...encodeMuLaw(Int16Array.of(0))]).toEqual([0xff]);
  expect([...encodeALaw(Int16Array.of(0))]).toEqual([0xd5]);
});

test('the ends of the range meet the codes of the Recommendation', () => {
  expect([...encodeMuLaw(Int16Array.of(32_767, -32_768))]).toEqual([0x80, 0x00]);
  expect([...encodeALaw(Int16Array.of(32_767, -32_768))]).toEqual([0xaa, 0x2a]);
});

test('every µ-law code comes back as itself', () => {
  // 0x7f is the second zero: it comes back as 0xff.
  const codes = Uint8Array.from({ length: 256 }, (_, code) => code).filter((code) => code !== 0x7f);
  expect([...encodeMuLaw(decodeMuLaw(codes))]).toEqual([...codes]);
});

test('µ-law changes no sample by more than half its step', () => {
  fc.assert(
    fc.property(fc.integer({ min: -32_000, max: 32_000 }), (sample) => {
      const [heard = 0] = decodeMuLaw(encodeMuLaw(Int16Array.of(sample)));
      expect(Math.abs(heard - sample)).toBeLessThanOrEqual(Math.max(4, (Math.abs(sample) + 132) / 32));
    }),
  );
});
