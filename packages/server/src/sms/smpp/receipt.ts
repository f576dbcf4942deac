import type { DeliveryReceipt } from '../port.ts';
import { fromSmppAddress } from './address.ts';
import type { DeliverSm } from './pdu-schema.ts';
import type { SmppSettings } from './settings.ts';

type ReceiptState = DeliveryReceipt['state'];

/** message_state (SMPP 3.4, 5.2.28). The others are on the way still. */
const stateByNumber = new Map<number, ReceiptState>([
  [2, 'delivered'],
  [3, 'expired'],
  [4, 'undeliverable'],
  [5, 'undeliverable'],
  [8, 'rejected'],
]);

/** "stat:" of the text form (SMPP 3.4, appendix B). */
const stateByWord = new Map<string, ReceiptState>([
  ['DELIVRD', 'delivered'],
  ['EXPIRED', 'expired'],
  ['DELETED', 'undeliverable'],
  ['UNDELIV', 'undeliverable'],
  ['REJECTD', 'rejected'],
]);

/** True where esm_class says that a deliver_sm carries a delivery receipt and no text from a telephone (SMPP 3.4, 5.2.12). */
export function isReceipt(esmClass: number): boolean {
  return (esmClass & 0x3c) === 0x04;
}

/**
 * Reads a delivery receipt from its optional parameters, its text (SMPP 3.4, appendix B) or both; the parameters win.
 * @param now used where the receipt gives no readable time
 * @returns null where it names no message.
 */
export function readReceipt(
  pdu: DeliverSm,
  settings: Pick<SmppSettings, 'receiptIdForm' | 'receiptUtcOffsetMinutes'>,
  now: Date,
): DeliveryReceipt | null {
  const octets = pdu.short_message.length > 0 ? pdu.short_message : (pdu.message_payload ?? Buffer.alloc(0));
  const text = decode(octets, pdu.data_coding);
  const id = pdu.receipted_message_id ?? /(?:^|\s)id:\s*(\S+)/i.exec(text)?.[1];
  if (id === undefined || id === '') return null;
  const word = /(?:^|\s)stat:\s*(\w+)/i.exec(text)?.[1]?.toUpperCase();
  const state =
    pdu.message_state === undefined ? stateByWord.get(word ?? '') : stateByNumber.get(pdu.message_state);
  return {
    gatewayMessageId: canonicalReceiptId(id, settings.receiptIdForm),
    state: state ?? 'unknown',
    at: readDoneDate(/done date:\s*(\d{10,12})/i.exec(text)?.[1], settings.receiptUtcOffsetMinutes) ?? now,
    from: fromSmppAddress(pdu.source_addr),
    userReference: pdu.user_message_reference ?? null,
  };
}

/** One spelling, small hexadecimal, for ids that a gateway writes in hexadecimal in one place and in decimal in another. */
export function canonicalMessageId(id: string, form: SmppSettings['receiptIdForm']): string {
  switch (form) {
    case 'same':
      return id;
    case 'decimalOfHexadecimal':
      return fromHexadecimal(id);
    case 'hexadecimalOfDecimal':
      return fromDecimal(id);
  }
}

/** The same id as the receipt spells it, brought to that one spelling. */
function canonicalReceiptId(id: string, form: SmppSettings['receiptIdForm']): string {
  switch (form) {
    case 'same':
      return id;
    case 'decimalOfHexadecimal':
      return fromDecimal(id);
    case 'hexadecimalOfDecimal':
      return fromHexadecimal(id);
  }
}

function fromHexadecimal(id: string): string {
  return /^[0-9a-f]+$/i.test(id) ? BigInt(`0x${id}`).toString(16) : id;
}

function fromDecimal(id: string): string {
  return /^\d+$/.test(id) ? BigInt(id).toString(16) : id;
}

/** Receipts are ASCII in practice, whatever alphabet data_coding 0 means to the gateway; a few send UCS-2. */
function decode(octets: Buffer, dataCoding: number): string {
  if (dataCoding !== 8) return octets.toString('latin1');
  const even = octets.subarray(0, octets.length - (octets.length % 2));
  return Buffer.from(even).swap16().toString('utf16le');
}

function readDoneDate(digits: string | undefined, utcOffsetMinutes: number): Date | null {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?/.exec(digits ?? '');
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((pair) => Number(pair ?? 0));
  if (month === undefined || month < 1 || month > 12 || day === undefined || day < 1) return null;
  const wallMs = Date.UTC(2000 + (year ?? 0), month - 1, day, hour ?? 0, minute ?? 0, second ?? 0);
  return new Date(wallMs - utcOffsetMinutes * 60_000);
}
