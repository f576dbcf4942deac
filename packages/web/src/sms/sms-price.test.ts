import { expect, test } from 'vitest';
import { smsCharge, yenShown } from './sms-price.ts';

const byChars = {
  partUnits: 67,
  price: [
    { uptoChars: 70, uptoParts: null, yen: '8.8' },
    { uptoChars: 134, uptoParts: null, yen: '17.6' },
    { uptoChars: 660, uptoParts: null, yen: '60' },
  ],
};
const byParts = {
  partUnits: 66,
  price: [
    { uptoChars: null, uptoParts: 1, yen: '9' },
    { uptoChars: null, uptoParts: 2, yen: '18' },
    { uptoChars: null, uptoParts: 10, yen: '50' },
  ],
};

test.each([
  [1, '8.8'],
  [70, '8.8'],
  [71, '17.6'],
  [134, '17.6'],
  [135, '60'],
  [660, '60'],
])('a text of %i characters costs what its band says', (length, yen) => {
  expect(smsCharge('納'.repeat(length), { gateways: [byChars] }).yen).toBe(yen);
});

test('a price by parts follows how that gateway cuts the text', () => {
  expect(smsCharge('納'.repeat(132), { gateways: [byParts] })).toMatchObject({ parts: 2, yen: '18' });
  expect(smsCharge('納'.repeat(133), { gateways: [byParts] })).toMatchObject({ parts: 3, yen: '50' });
});

test('where another gateway is dearer its price is told too', () => {
  expect(smsCharge('納', { gateways: [byChars, byParts] }).mostYen).toBe('9');
  expect(smsCharge('納'.repeat(200), { gateways: [byChars, byParts] }).mostYen).toBeNull();
});

test('without a price list only the parts are told', () => {
  expect(smsCharge('納'.repeat(71), { gateways: [{ partUnits: 67, price: [] }] })).toEqual({
    parts: 2,
    yen: null,
    mostYen: null,
  });
  expect(smsCharge('納'.repeat(71), null)).toEqual({ parts: 2, yen: null, mostYen: null });
});

test('yen are written as people write them', () => {
  expect(['8.80', '60', '0.0000', '1234.5', '12345678'].map(yenShown)).toEqual([
    '8.8円',
    '60円',
    '0円',
    '1,234.5円',
    '12,345,678円',
  ]);
});
