import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SMS_LONGEST_UNITS, smsPartCount } from './sms-parts.ts';

test('70 characters are one message, 71 are two, 660 are ten', () => {
  expect([0, 1, 70, 71, 134, 135, 660].map((length) => smsPartCount('納'.repeat(length)))).toEqual([
    0, 1, 1, 2, 2, 3, 10,
  ]);
});

test('a character of two units is not torn apart, even where that takes one more part', () => {
  // 66 + one pair: the pair no longer fits into the first part of 67 units.
  expect(smsPartCount(`${'納'.repeat(66)}𠮷${'納'.repeat(66)}`)).toBe(3);
  expect(smsPartCount(`${'納'.repeat(67)}${'納'.repeat(67)}`)).toBe(2);
});

test('any text needs at least its length and at most one unit a part more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 71, maxLength: SMS_LONGEST_UNITS }), (text) => {
      expect(smsPartCount(text)).toBeGreaterThanOrEqual(Math.ceil(text.length / 67));
      expect(smsPartCount(text)).toBeLessThanOrEqual(Math.ceil(text.length / 66));
    }),
  );
});
