import { expect, test } from 'vitest';
import { DeliverSmSchema } from './pdu-schema.ts';
import { canonicalMessageId, isReceipt, readReceipt } from './receipt.ts';

const now = new Date('2026-11-20T03:00:00Z');
const settings = { receiptIdForm: 'same', receiptUtcOffsetMinutes: 540 } as const;

function deliver(fields: Readonly<Record<string, unknown>>) {
  return DeliverSmSchema.parse({
    esm_class: 4,
    data_coding: 0,
    source_addr: '819000001234',
    short_message: Buffer.alloc(0),
    ...fields,
  });
}

const dialects: [string, Record<string, unknown>, object | null][] = [
  [
    'text with minutes',
    {
      short_message: Buffer.from(
        'id:00A1_@$ sub:001 dlvrd:001 submit date:2611201159 done date:2611201200 stat:DELIVRD err:000 text:',
      ),
    },
    {
      gatewayMessageId: '00A1_@$',
      state: 'delivered',
      at: new Date('2026-11-20T03:00:00Z'),
      from: '09000001234',
    },
  ],
  [
    'text with seconds, in small letters',
    {
      short_message: Buffer.from(
        'id:7 sub:1 dlvrd:0 submit date:261120115900 done date:261120115930 stat:undeliv err:1',
      ),
    },
    { gatewayMessageId: '7', state: 'undeliverable', at: new Date('2026-11-20T02:59:30Z') },
  ],
  [
    'text in UCS-2',
    { data_coding: 8, short_message: Buffer.from('id:8 stat:EXPIRED', 'utf16le').swap16() },
    { gatewayMessageId: '8', state: 'expired', at: now },
  ],
  [
    'text in message_payload',
    { message_payload: Buffer.from('id:9 stat:REJECTD err:4') },
    { gatewayMessageId: '9', state: 'rejected' },
  ],
  [
    'optional parameters, which win over the text',
    { receipted_message_id: 'abc', message_state: 2, short_message: Buffer.from('id:zzz stat:UNDELIV') },
    { gatewayMessageId: 'abc', state: 'delivered' },
  ],
  ['on its way still', { receipted_message_id: 'abc', message_state: 1 }, { state: 'unknown' }],
  [
    'an impossible date',
    { short_message: Buffer.from('id:5 done date:9999999999 stat:DELIVRD') },
    { at: now },
  ],
  [
    'a sender in national digits',
    { receipted_message_id: 'a', source_addr: '09000001234' },
    { from: '09000001234' },
  ],
  ['a sender that is no number', { receipted_message_id: 'a', source_addr: 'CITY' }, { from: null }],
  ['no id at all', { short_message: Buffer.from('stat:DELIVRD') }, null],
];

test.each(dialects)('a receipt is read: %s', (_name, fields, expected) => {
  const receipt = readReceipt(deliver(fields), settings, now);
  if (expected === null) expect(receipt).toBeNull();
  else expect(receipt).toMatchObject(expected);
});

test('an id that is hexadecimal in the answer and decimal in the receipt is one id', () => {
  const form = 'decimalOfHexadecimal';
  const receipt = readReceipt(
    deliver({ receipted_message_id: '0000000510' }),
    { ...settings, receiptIdForm: form },
    now,
  );
  expect(receipt?.gatewayMessageId).toBe(canonicalMessageId('01FE', form));
});

test('a text from a citizen telephone is no receipt', () => {
  expect([0x00, 0x40, 0x20].map(isReceipt)).toEqual([false, false, false]);
  expect([0x04, 0x44, 0x05].map(isReceipt)).toEqual([true, true, true]);
});
