import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyTransferFailure } from './transfer-failure.ts';

test.each([
  [486, 17, true, 'busy'],
  [600, 17, true, 'busy'],
  [603, 21, true, 'refused'],
  [480, 19, true, 'unanswered'],
  [480, 19, false, 'unreachable'],
  [404, 1, false, 'unreachable'],
  [503, 34, false, 'unreachable'],
  [null, 19, true, 'unanswered'],
  [null, 19, false, 'unreachable'],
  [null, 17, true, 'busy'],
  [null, null, true, 'unknown'],
] as const)('SIP %s with cause %s, rang: %s, is %s', (sipCode, q850Cause, rang, reason) => {
  expect(classifyTransferFailure({ sipCode, q850Cause, rang })).toBe(reason);
});

test('a staff telephone that never rang is never called unanswered', () => {
  fc.assert(
    fc.property(
      fc.option(fc.integer({ min: 300, max: 699 })),
      fc.option(fc.integer({ min: 0, max: 127 })),
      (sipCode, q850Cause) => {
        expect(classifyTransferFailure({ sipCode, q850Cause, rang: false })).not.toBe('unanswered');
      },
    ),
  );
});
