import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConcatenationReferences, toShortMessages } from './short-message.ts';

test('a single part is bare big-endian UCS-2', () => {
  const [message] = toShortMessages(['あ𠮷'], 9);
  expect(message).toEqual({ octets: Buffer.from('3042d842dfb7', 'hex'), hasUserDataHeader: false });
});

test('parts of a longer text carry the header that telephones join them by, in at most 140 octets', () => {
  const messages = toShortMessages(['あ'.repeat(67), 'い'], 0xab);
  expect(messages.map(({ octets }) => octets.subarray(0, 8).toString('hex'))).toEqual([
    '050003ab02013042',
    '050003ab02023044',
  ]);
  expect(messages.every(({ octets, hasUserDataHeader }) => octets.length <= 140 && hasUserDataHeader)).toBe(
    true,
  );
});

test('256 texts in a row to one telephone all have different references, whatever goes to others meanwhile', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 255 }),
      fc.array(fc.constantFrom('b', 'c', 'd')),
      (start, others) => {
        const references = new ConcatenationReferences(() => start);
        const used = new Set<number>();
        for (let text = 0; text < 256; text += 1) {
          used.add(references.next('a'));
          for (const other of others.slice(0, 3)) references.next(other);
        }
        expect(used.size).toBe(256);
        expect(Math.max(...used)).toBe(255);
      },
    ),
    { numRuns: 30 },
  );
});
