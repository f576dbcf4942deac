import { expect, test } from 'vitest';
import { DeliverSmSchema } from './pdu-schema.ts';
import { smpp } from './raw-smpp.ts';
import { readReceipt } from './receipt.ts';

const settings = { receiptIdForm: 'same', receiptUtcOffsetMinutes: 540 } as const;
const DELIVER_SM = 5;
const RECEIPTED_MESSAGE_ID = 0x001e;
const MESSAGE_STATE = 0x0427;

function tlv(tag: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(tag, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** deliver_sm (SMPP 3.4, 4.6.1) octet by octet: no text, all that it says stands in the optional parameters. */
function deliverSm(...optional: Buffer[]): Buffer {
  const body = Buffer.concat([
    Buffer.from('\0\x01\x01819000001234\0\0\0' + '0725001001\0', 'latin1'),
    // esm_class (a receipt), protocol_id, priority_flag, both times empty, registered_delivery to sm_length.
    Buffer.from([4, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ...optional,
  ]);
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16 + body.length, 0);
  head.writeUInt32BE(DELIVER_SM, 4);
  head.writeUInt32BE(1, 12);
  return Buffer.concat([head, body]);
}

test.each([
  ['without a NUL', 'a1b2'],
  ['with a NUL at its end', 'a1b2\0'],
  ['filled up with NULs', 'a1b2\0\0\0\0'],
])('the id in a receipt is read %s, whatever parameter follows it', (_form, id) => {
  const delivered = tlv(MESSAGE_STATE, Buffer.from([2]));
  const bytes = deliverSm(
    tlv(RECEIPTED_MESSAGE_ID, Buffer.from(id, 'latin1')),
    Buffer.from([0x80, 1, 0, 1, 0x41]),
    delivered,
  );
  const receipt = readReceipt(DeliverSmSchema.parse(new smpp.PDU(bytes)), settings, new Date(0));
  expect(receipt).toMatchObject({ gatewayMessageId: 'a1b2', state: 'delivered', from: '09000001234' });
});
