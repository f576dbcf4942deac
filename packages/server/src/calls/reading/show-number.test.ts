import { expect, test } from 'vitest';
import { showCaller, showNumber } from './show-number.ts';

test.each([
  ['0725001001', '0725-00-1001'],
  ['0265001234', '0265-00-1234'],
  ['09000001234', '090-0000-1234'],
  ['0120000123', '0120-000-123'],
  ['0570000123', '0570-000-123'],
  ['05000001234', '050-0000-1234'],
  ['110', '110'],
  ['188', '188'],
  ['0000000000', '000-000-0000'],
  ['201', '201'],
  ['12345678901234', '12-3456-7890-1234'],
])('%s is read as %s', (digits, shown) => {
  expect(showNumber(digits)).toBe(shown);
});

test('a caller without a number is shown by the reason', () => {
  expect(showCaller(null, 'withheld')).toBe('非通知');
  expect(showCaller(null, 'payphone')).toBe('公衆電話');
  expect(showCaller(null, 'other')).toBe('番号不明');
});
