import { expect, test } from 'vitest';
import { toShortMessages } from './short-message.ts';

test('a single part is bare big-endian UCS-2', () => {
  const [message] = toShortMessages('あ𠮷', 'udh8', 9);
  expect(message).toMatchObject({ octets: Buffer.from('3042d842dfb7', 'hex'), hasUserDataHeader: false });
});

test('parts of a longer text carry the header that telephones join them by, in at most 140 octets', () => {
  const messages = toShortMessages('あ'.repeat(67) + 'い'.repeat(4), 'udh8', 0x1ab);
  expect(messages.map(({ octets }) => octets.subarray(0, 8).toString('hex'))).toEqual([
    '050003ab02013042',
    '050003ab02023044',
  ]);
  expect(messages.every(({ octets, hasUserDataHeader }) => octets.length <= 140 && hasUserDataHeader)).toBe(
    true,
  );
});

test('the other ways say the same in their own fields, and every part fits 140 octets with what the gateway adds', () => {
  const text = 'あ'.repeat(134);
  expect(
    toShortMessages(text, 'udh16', 0x1ab).map(({ octets }) => octets.subarray(0, 7).toString('hex')),
  ).toEqual(['06080401ab0301', '06080401ab0302', '06080401ab0303']);
  expect(toShortMessages(text, 'sar', 0x1ab).map(({ segment }) => segment)).toEqual([
    { reference: 0xab, total: 2, part: 1 },
    { reference: 0xab, total: 2, part: 2 },
  ]);
  expect(toShortMessages(text, 'payload', 1)).toMatchObject([{ place: 'payload', hasUserDataHeader: false }]);
  expect(toShortMessages(text, 'udh16', 1).every(({ octets }) => octets.length <= 140)).toBe(true);
  // The gateway puts a header of six octets before them.
  expect(toShortMessages(text, 'sar', 1).every(({ octets }) => octets.length + 6 <= 140)).toBe(true);
});
