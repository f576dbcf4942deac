import { expect, test } from 'vitest';
import { nationalDigits, readCaller } from './caller.ts';
import { readNameAddress } from './name-address.ts';

test.each([
  ['0725001001', '0725001001'],
  ['+81725001001', '0725001001'],
  ['81725001001', '0725001001'],
  ['0725-00-1001', '0725001001'],
  ['+12025550100', '01012025550100'],
  ['110', '110'],
  ['anonymous', null],
  ['', null],
  ['0725001001;x', null],
])('the user part %s is the number %s', (user, digits) => {
  expect(nationalDigits(user)).toBe(digits);
});

const read = (from: string, more: { asserted?: string; privacy?: string; presentation?: string } = {}) =>
  readCaller({
    from: readNameAddress(from) ?? { display: '', user: '', host: '' },
    asserted:
      more.asserted === undefined ? [] : [readNameAddress(more.asserted)].filter((each) => each !== null),
    privacy: more.privacy ?? '',
    presentation: more.presentation ?? 'allowed_not_screened',
  });

test.each([
  ['"Anonymous" <sip:anonymous@anonymous.invalid>', 'withheld'],
  ['Anonymous <sip:anonymous@192.0.2.1>', 'withheld'],
  ['"Coin line/payphone" <sip:anonymous@anonymous.invalid>', 'payphone'],
  ['"Unavailable" <sip:unavailable@anonymous.invalid>', 'unavailable'],
  ['"Interaction with other service" <sip:anonymous@anonymous.invalid>', 'otherService'],
  ['<sip:@192.0.2.1>', 'unavailable'],
])('%s has no number, because it is %s', (from, withheldReason) => {
  expect(read(from)).toEqual({ callerNumber: null, withheldReason });
});

test.each([['id'], ['user;id'], ['header; session']])(
  'a number that the caller marked private (Privacy: %s) is known to nobody',
  (privacy) => {
    const caller = read('"x" <sip:0725001001@192.0.2.1>', {
      asserted: '<sip:09000000001@192.0.2.1>',
      privacy,
    });
    expect(caller).toEqual({ callerNumber: null, withheldReason: 'withheld' });
  },
);

test('an anonymous From hides what the network asserts beside it', () => {
  const caller = read('"Anonymous" <sip:anonymous@anonymous.invalid>', { asserted: 'tel:+819000000001' });
  expect(caller).toEqual({ callerNumber: null, withheldReason: 'withheld' });
});

test('what the network asserts goes before what the caller says', () => {
  const caller = read('<sip:0725001001@192.0.2.1>', { asserted: '<tel:+819000000001>', privacy: 'none' });
  expect(caller).toEqual({ callerNumber: '09000000001', withheldReason: null });
});

test('a person whose name is told keeps his number', () => {
  expect(read('"Anonymous Coffee" <sip:0725001001@192.0.2.1>').callerNumber).toBe('0725001001');
});
