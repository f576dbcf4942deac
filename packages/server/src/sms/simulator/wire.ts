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
  throttled: 0x58,
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
  readonly octets: Buffer;
};

/** submit_sm (4.4.1), mandatory fields. @throws WireError */
export function readSubmit(body: Buffer): WireSubmit {
  const [, afterServiceType] = readCString(body, 0);
  const [from, afterFrom] = readCString(body, afterServiceType + 2);
  const [to, afterTo] = readCString(body, afterFrom + 2);
  const [, afterSchedule] = readCString(body, afterTo + 3);
  const [, at] = readCString(body, afterSchedule);
  const length = body[at + 4] ?? 0;
  const octets = body.subarray(at + 5, at + 5 + length);
  if (body.length < at + 5 || octets.length !== length) throw new WireError('submit_sm ends too soon');
  return {
    from,
    to,
    toTon: body[afterFrom] ?? 0,
    esmClass: body[afterTo] ?? 0,
    registeredDelivery: body[at] ?? 0,
    dataCoding: body[at + 2] ?? 0,
    octets,
  };
}

/** The body of a deliver_sm that carries a receipt (4.6.1, appendix B). */
export function writeReceiptBody(receipt: {
  readonly phone: string;
  readonly to: string;
  readonly text: string;
  readonly parameters: { readonly messageId: string; readonly messageState: number } | null;
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
    body.push(Buffer.from([0x00, 0x1e, 0, id.length]), id);
    body.push(Buffer.from([0x04, 0x27, 0, 1, receipt.parameters.messageState]));
  }
  return Buffer.concat(body);
}

function readCString(buffer: Buffer, start: number): [text: string, after: number] {
  const end = buffer.indexOf(0, start);
  if (end < 0) throw new WireError('a string without its end');
  return [buffer.toString('latin1', start, end), end + 1];
}
