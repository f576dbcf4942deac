/**
 * The simulator's own reading and writing of SMPP 3.4 PDUs, apart from the library that the gateway uses: a judge must not share
 * the mistakes of the judged.
 */
export const CommandId = {
  genericNack: 0x80000000,
  bindReceiver: 0x00000001,
  bindTransmitter: 0x00000002,
  submitSm: 0x00000004,
  deliverSm: 0x00000005,
  deliverSmResp: 0x80000005,
  unbind: 0x00000006,
  bindTransceiver: 0x00000009,
  enquireLink: 0x00000015,
} as const;

export const Status = {
  ok: 0x00,
  invalidCommandId: 0x03,
  notBound: 0x04,
  invalidDestination: 0x0b,
  bindFailed: 0x0d,
  messageQueueFull: 0x14,
  throttled: 0x58,
} as const;

/** Tags of the optional parameters that the centre looks at (5.3.2). */
const Tag = {
  userMessageReference: 0x0204,
  receiptedMessageId: 0x001e,
  sarMessageReference: 0x020c,
  sarTotalSegments: 0x020e,
  sarSegmentNumber: 0x020f,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

const responseBit = 0x80000000;
const longestPdu = 65_536;

export type WirePdu = {
  readonly commandId: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
};

/** A peer that speaks no SMPP. */
export class WireError extends Error {
  readonly code = 'notSmpp';
}

/** Cuts a byte stream into PDUs; `push` gives those that are complete. @throws WireError */
export class PduReader {
  #pending: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): readonly WirePdu[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const pdus: WirePdu[] = [];
    while (this.#pending.length >= 16) {
      const length = this.#pending.readUInt32BE(0);
      if (length < 16 || length > longestPdu) throw new WireError('impossible command_length');
      if (this.#pending.length < length) break;
      pdus.push({
        commandId: this.#pending.readUInt32BE(4),
        status: this.#pending.readUInt32BE(8),
        sequence: this.#pending.readUInt32BE(12),
        body: this.#pending.subarray(16, length),
      });
      this.#pending = this.#pending.subarray(length);
    }
    return pdus;
  }
}

export function writePdu(
  commandId: number,
  status: number,
  sequence: number,
  body: Buffer = Buffer.alloc(0),
): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32BE(16 + body.length, 0);
  header.writeUInt32BE(commandId >>> 0, 4);
  header.writeUInt32BE(status, 8);
  header.writeUInt32BE(sequence, 12);
  return Buffer.concat([header, body]);
}

export function responseTo(pdu: WirePdu, status: number, body?: Buffer): Buffer {
  return writePdu(pdu.commandId | responseBit, status, pdu.sequence, body);
}

export function cString(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'latin1');
}

export type WireBind = { readonly systemId: string; readonly password: string };

/** bind_transceiver and its kin (4.1): the first two fields. @throws WireError */
export function readBind(body: Buffer): WireBind {
  const [systemId, afterId] = readCString(body, 0);
  const [password] = readCString(body, afterId);
  return { systemId, password };
}

export type WireSubmit = {
  readonly from: string;
  readonly to: string;
  readonly toTon: number;
  readonly esmClass: number;
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  /** Of short_message, or of message_payload where that is empty. */
  readonly octets: Buffer;
  /** message_payload carried the text. */
  readonly isPayload: boolean;
  readonly segment: { readonly reference: number; readonly total: number; readonly part: number } | null;
  /** The sender's own number for this submit, which its receipt bears too. */
  readonly userReference: number | null;
};

/** submit_sm (4.4.1): mandatory fields, and the optional ones that concern long texts. @throws WireError */
export function readSubmit(body: Buffer): WireSubmit {
  const [, afterServiceType] = readCString(body, 0);
  const [from, afterFrom] = readCString(body, afterServiceType + 2);
  const [to, afterTo] = readCString(body, afterFrom + 2);
  const [, afterSchedule] = readCString(body, afterTo + 3);
  const [, at] = readCString(body, afterSchedule);
  const length = body[at + 4] ?? 0;
  const octets = body.subarray(at + 5, at + 5 + length);
  if (body.length < at + 5 || octets.length !== length) throw new WireError('submit_sm ends too soon');
  const optional = readOptional(body.subarray(at + 5 + length));
  const number = (tag: number) => optional.get(tag)?.reduce((sum, octet) => sum * 256 + octet, 0);
  const payload = optional.get(Tag.messagePayload);
  if (payload !== undefined && length > 0) throw new WireError('a text in two places');
  const reference = number(Tag.sarMessageReference);
  const total = number(Tag.sarTotalSegments);
  const part = number(Tag.sarSegmentNumber);
  return {
    from,
    to,
    toTon: body[afterFrom] ?? 0,
    esmClass: body[afterTo] ?? 0,
    registeredDelivery: body[at] ?? 0,
    dataCoding: body[at + 2] ?? 0,
    octets: payload ?? octets,
    isPayload: payload !== undefined,
    segment:
      reference === undefined || total === undefined || part === undefined
        ? null
        : { reference, total, part },
    userReference: number(Tag.userMessageReference) ?? null,
  };
}

/** Optional parameters: tag, length, value (3.2.4). @throws WireError */
function readOptional(octets: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at < octets.length; ) {
    if (octets.length < at + 4) throw new WireError('an optional parameter ends too soon');
    const length = octets.readUInt16BE(at + 2);
    const value = octets.subarray(at + 4, at + 4 + length);
    if (value.length !== length) throw new WireError('an optional parameter ends too soon');
    found.set(octets.readUInt16BE(at), value);
    at += 4 + length;
  }
  return found;
}

/** The body of a deliver_sm that carries a receipt (4.6.1, appendix B). */
export function writeReceiptBody(receipt: {
  readonly phone: string;
  readonly to: string;
  readonly text: string;
  readonly parameters: { readonly messageId: string; readonly messageState: number } | null;
  readonly userReference: number | null;
}): Buffer {
  const text = Buffer.from(receipt.text, 'latin1');
  const body = [
    cString(''),
    Buffer.from([1, 1]),
    cString(receipt.phone),
    Buffer.from([0, 0]),
    cString(receipt.to),
    Buffer.from([0x04, 0, 0]),
    cString(''),
    cString(''),
    Buffer.from([0, 0, 0, 0, text.length]),
    text,
  ];
  if (receipt.parameters !== null) {
    const id = cString(receipt.parameters.messageId);
    body.push(optional(Tag.receiptedMessageId, id));
    body.push(optional(Tag.messageState, Buffer.from([receipt.parameters.messageState])));
  }
  if (receipt.userReference !== null) {
    const value = Buffer.alloc(2);
    value.writeUInt16BE(receipt.userReference);
    body.push(optional(Tag.userMessageReference, value));
  }
  return Buffer.concat(body);
}

function optional(tag: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(tag, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

function readCString(buffer: Buffer, start: number): [text: string, after: number] {
  const end = buffer.indexOf(0, start);
  if (end < 0) throw new WireError('a string without its end');
  return [buffer.toString('latin1', start, end), end + 1];
}
