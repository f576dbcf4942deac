import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteRangeOf } from './byte-range.ts';

test('whatever a browser asks for, the part lies inside the file', () => {
  const header = fc.oneof(
    fc.tuple(fc.option(fc.nat()), fc.option(fc.nat())).map(([from, to]) => `bytes=${from ?? ''}-${to ?? ''}`),
    fc.string(),
  );
  fc.assert(
    fc.property(header, fc.nat(), (text, sizeBytes) => {
      const range = byteRangeOf(text, sizeBytes);
      if (range.type !== 'part') return;
      expect(range.first).toBeGreaterThanOrEqual(0);
      expect(range.last).toBeGreaterThanOrEqual(range.first);
      expect(range.last).toBeLessThan(sizeBytes);
    }),
  );
});
