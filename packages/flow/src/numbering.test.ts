import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callerKindOf, isTestNumber, kindOfNumber, mayDial, nationalDigits } from './numbering.ts';

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
  ['0170000000', 'special'],
  ['0910000000', 'invalid'],
  ['0410000000', 'invalid'],
  ['0590000000', 'invalid'],
  ['0460000000', 'landline'],
  ['0980000000', 'landline'],
  ['0330000000', 'landline'],
  ['0110000000', 'special'],
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
  expect(callerKindOf(null, 'unavailable')).toBe('unavailable');
  expect(callerKindOf(null, 'otherService')).toBe('otherService');
  expect(callerKindOf('0265001234', null)).toBe('landline');
  expect(callerKindOf('0570000000', null)).toBe('other');
});

describe('the numbers that may be dialled', () => {
  const may = (digits: string, tollFree = false) => mayDial(digits, { tollFree });

  test.each([
    ['0725001001', 'landline'],
    ['0265001234', 'landline'],
    ['09000001234', 'mobile'],
    ['06010000000', 'mobile'],
    ['07010000000', 'mobile'],
    ['08010000000', 'mobile'],
    ['05000001234', 'ipPhone'],
  ])('%s is dialled', (digits, kind) => {
    expect(may(digits)).toEqual({ allowed: true, kind });
  });

  test.each([
    ['110', 'special'],
    ['118', 'special'],
    ['119', 'special'],
    ['117', 'special'],
    ['171', 'special'],
    ['188', 'special'],
    ['1100', 'special'],
    ['0180000000', 'special'],
    ['0570000000', 'charged'],
    ['0990000000', 'charged'],
    ['02010000000', 'machine'],
    ['02000000000000', 'machine'],
    ['010100000000', 'international'],
    ['0033010100000', 'carrierPrefix'],
    ['0037', 'carrierPrefix'],
    ['00777725001001', 'carrierPrefix'],
    ['00910725001001', 'carrierPrefix'],
    ['1840725001001', 'callerIdPrefix'],
    ['18609000001234', 'callerIdPrefix'],
    ['186110', 'callerIdPrefix'],
    ['#8000', 'notDigits'],
    ['*31#0725001001', 'notDigits'],
    ['0725-00-1001', 'notDigits'],
    ['+81725001001', 'notDigits'],
    ['0725001001@0725001002', 'notDigits'],
    ['０７２５００１００１', 'notDigits'],
    ['0725001001\n110', 'notDigits'],
    ['', 'notDigits'],
    ['072500100', 'invalid'],
    ['07250010011', 'invalid'],
    ['0910000000', 'invalid'],
  ])('%j is refused as %s', (digits, reason) => {
    expect(may(digits, true)).toEqual({ allowed: false, reason });
  });

  test('numbers that the called party pays are dialled where that is wished', () => {
    for (const digits of ['0120000000', '08000000000']) {
      expect(may(digits)).toEqual({ allowed: false, reason: 'tollFree' });
      expect(may(digits, true)).toEqual({ allowed: true, kind: 'tollFree' });
    }
  });

  test('whatever is asked for, nothing is dialled that does not begin as the allow-list says', () => {
    const prefixes = [
      '',
      '00',
      '010',
      '0033',
      '0091',
      '184',
      '186',
      '110',
      '119',
      '0570',
      '0990',
      '0180',
      '020',
    ];
    const rest = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 14 }),
      fc.string({ unit: fc.constantFrom(...'0123456789#*+- '), maxLength: 14 }),
      fc
        .string({ unit: fc.constantFrom(...'0123456789'), minLength: 9, maxLength: 10 })
        .map((each) => `0${each}`),
      fc.constantFrom('0725001001', '09000001234', '110', '119'),
    );
    const asked = fc.tuple(fc.constantFrom(...prefixes), rest).map((parts) => parts.join(''));
    fc.assert(
      fc.property(asked, fc.boolean(), (digits, tollFree) => {
        if (!may(digits, tollFree).allowed) return;
        expect(digits).toMatch(/^0\d{9,10}$/);
        expect(digits).toMatch(tollFree ? /^0(?:[1-9][1-9]|[5-9]0|120)/ : /^0(?:[1-9][1-9]|[5-9]0)/);
        expect(digits).not.toMatch(/^0(?:570|910|990|1[13-9]0|0|10|20)/);
        if (!tollFree) expect(digits).not.toMatch(/^(?:0120|0800)/);
      }),
      { numRuns: process.env['MADOGUCHI_FULL'] === '1' ? 100_000 : 5_000 },
    );
  });
});
