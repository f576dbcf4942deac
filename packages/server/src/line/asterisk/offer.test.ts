import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLoop } from './loop.ts';
import { listedIn, readNameAddress } from './name-address.ts';
import { calledNumbersOf, readOffer } from './offer.ts';

const offer = (exten: string, headers: Record<string, string> = {}) =>
  readOffer(
    exten,
    [
      'offered',
      'allowed',
      'main',
      ...Object.entries(headers).map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
    ],
    { number: '', name: '' },
  );

test('an extension of a home gateway finds the called number in To', () => {
  const { called } = offer('3', { to: '<sip:0725001001@192.168.1.1>' });
  expect(called.to).toEqual(['0725001001']);
  expect(called.requestUri).toEqual([]);
});

test('of several diversions the original is the last one', () => {
  const found = offer('05000000009', {
    diversion: '<sip:0725001002@a>;reason=unconditional,"x, y" <sip:0725001001@a>;reason=user-busy',
  });
  expect(calledNumbersOf(found, ['diversion', 'requestUri'])).toEqual(['0725001001', '05000000009']);
});

test('a history is read by its index, whatever its order', () => {
  const history = '<sip:+815000000009@b>;index=1.1, <sip:+81725001001@a?Reason=SIP%3Bcause%3D302>;index=1';
  expect(calledNumbersOf(offer('05000000009', { history }), ['historyInfo'])).toEqual(['0725001001']);
});

test('P-Called-Party-ID counts where the trunk says so, and not elsewhere', () => {
  const found = offer('05000000009', { pcpid: '<sip:0725001001@city>' });
  expect(calledNumbersOf(found, ['pCalledPartyId', 'requestUri'])[0]).toBe('0725001001');
  expect(calledNumbersOf(found, ['requestUri', 'to'])).toEqual(['05000000009']);
});

test('whatever is sent as a header is read without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (header, exten) => {
      readNameAddress(header);
      listedIn(header);
      const raw = readOffer(
        exten,
        ['offered', '', 'main', `from=${header}`, `diversion=${header}`, `history=${header}`],
        {
          number: header,
          name: header,
        },
      );
      calledNumbersOf(raw, ['historyInfo', 'diversion', 'requestUri']);
      isLoop(raw, []);
    }),
  );
});

const leg = { to: '0725009001', presented: '0725001001' };

test('a first call, also one that another number forwards to us, is no loop', () => {
  expect(isLoop(offer('0725001001', { from: '<sip:09000000001@a>', hops: '66' }), [leg])).toBe(false);
  expect(isLoop(offer('05000000009', { diversion: '<sip:0725001001@a>' }), [])).toBe(false);
  expect(isLoop(offer('05000000009', { history: '<sip:05000000009@a>;index=1' }), [])).toBe(false);
});

test.each([
  [
    'forwarded by the telephone that we are ringing',
    { diversion: '<sip:+81725009001@a>;reason=unconditional' },
  ],
  [
    'forwarded by it, told by History-Info',
    { history: '<sip:0725009001@a>;index=1,<sip:0725001001@a>;index=1.1' },
  ],
  ['from the number that we show there', { from: '<sip:0725001001@a>' }],
  ['forwarded from the called number to itself', { diversion: '<sip:0725001001@a>,<sip:0725009009@a>' }],
  ['at the end of its hops', { hops: '3' }],
  [
    'forwarded again and again',
    { diversion: Array.from({ length: 5 }, (_, at) => `<sip:072500900${at}@a>`).join(',') },
  ],
])('a call that is %s is a loop', (_, headers) => {
  expect(isLoop(offer('0725001001', headers), [leg])).toBe(true);
});
