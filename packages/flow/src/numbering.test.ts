import { expect, test } from 'vitest';
import { callerKindOf, isTestNumber, kindOfNumber, nationalDigits } from './numbering.ts';

test.each([
  ['09000001234', 'mobile'],
  ['09010000000', 'mobile'],
  ['08010000000', 'mobile'],
  ['07010000000', 'mobile'],
  ['06010000000', 'mobile'],
  ['09001000000', 'invalid'],
  ['0300000000', 'invalid'],
  ['0725001001', 'landline'],
  ['0265001234', 'landline'],
  ['0310000000', 'landline'],
  ['05000001234', 'ipPhone'],
  ['0120000000', 'tollFree'],
  ['08000000000', 'tollFree'],
  ['0570000000', 'unified'],
  ['0990000000', 'premium'],
  ['02010000000', 'machine'],
  ['02000000000000', 'machine'],
  ['02000000000', 'invalid'],
  ['0180000000', 'special'],
  ['110', 'special'],
  ['119', 'special'],
  ['0900000123', 'invalid'],
  ['072500100', 'invalid'],
  ['090-0000-1234', 'invalid'],
  ['', 'invalid'],
  ['12345', 'invalid'],
])('%s is %s', (digits, kind) => {
  expect(kindOfNumber(digits)).toBe(kind);
});

test('numbers are read as staff write them', () => {
  expect(nationalDigits('０７２５－００－１００１')).toBe('0725001001');
  expect(nationalDigits('(0725) 00-1001')).toBe('0725001001');
  expect(nationalDigits('+81 90-0000-1234')).toBe('09000001234');
  expect(nationalDigits('市役所')).toBeNull();
  expect(nationalDigits('')).toBeNull();
});

test('only the numbers that nobody has are test numbers', () => {
  expect(['0725001001', '0265001234', '09000001234'].every(isTestNumber)).toBe(true);
  expect(['0725011001', '09000011234', '0310000000'].some(isTestNumber)).toBe(false);
});

test('a caller without a number is told apart by what the network says', () => {
  expect(callerKindOf(null, 'withheld')).toBe('withheld');
  expect(callerKindOf(null, null)).toBe('withheld');
  expect(callerKindOf(null, 'payphone')).toBe('payphone');
  expect(callerKindOf(null, 'unavailable')).toBe('other');
  expect(callerKindOf('0265001234', null)).toBe('landline');
  expect(callerKindOf('0570000000', null)).toBe('other');
});
