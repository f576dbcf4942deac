import { expect, test } from 'vitest';
import { nationalDigits, readCaller } from './caller.ts';

test.each([
  ['0725001001', '0725001001'],
  ['+81725001001', '0725001001'],
  ['0725-00-1001', '0725001001'],
  ['+12025550100', '01012025550100'],
  ['110', '110'],
  ['anonymous', null],
  ['', null],
  ['0725001001;x', null],
])('the user part %s is the number %s', (user, digits) => {
  expect(nationalDigits(user)).toBe(digits);
});

test.each([
  ['09000000001', '', 'allowed_not_screened', { callerNumber: '09000000001', withheldReason: null }],
  ['09000000001', '', 'prohib_not_screened', { callerNumber: null, withheldReason: 'withheld' }],
  ['anonymous', 'Anonymous', 'allowed_not_screened', { callerNumber: null, withheldReason: 'withheld' }],
  ['anonymous', 'Coin line/payphone', 'prohib', { callerNumber: null, withheldReason: 'payphone' }],
  ['', 'Unavailable', 'unavailable', { callerNumber: null, withheldReason: 'unavailable' }],
])('a caller of number %j, name %j and presentation %s', (number, name, presentation, caller) => {
  expect(readCaller(number, name, presentation)).toEqual(caller);
});
