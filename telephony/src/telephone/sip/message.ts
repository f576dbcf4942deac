import { TelephoneError } from '../telephoneError.ts';

/** Name as written and unfolded value; a list header may hold several values in one line. */
export type SipHeader = readonly [name: string, value: string];

export type SipRequest = {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly SipHeader[];
  readonly body: string;
};

export type SipResponse = {
  readonly kind: 'response';
  readonly status: number;
  readonly reasonPhrase: string;
  readonly headers: readonly SipHeader[];
  readonly body: string;
};

export type SipMessage = SipRequest | SipResponse;

/** Compact forms: RFC 3261 section 7.3.3 and the IANA header registry. */
const compactForms: ReadonlyMap<string, string> = new Map([
  ['a', 'accept-contact'],
  ['b', 'referred-by'],
  ['c', 'content-type'],
  ['d', 'request-disposition'],
  ['e', 'content-encoding'],
  ['f', 'from'],
  ['i', 'call-id'],
  ['j', 'reject-contact'],
  ['k', 'supported'],
  ['l', 'content-length'],
  ['m', 'contact'],
  ['o', 'event'],
  ['r', 'refer-to'],
  ['s', 'subject'],
  ['t', 'to'],
  ['u', 'allow-events'],
  ['v', 'via'],
  ['x', 'session-expires'],
  ['y', 'identity'],
]);

/** Lower-case full name of a header, compact forms expanded. */
export function canonicalName(name: string): string {
  const lower = name.trim().toLowerCase();
  return compactForms.get(lower) ?? lower;
}

/**
 * Reads one whole message (RFC 3261 section 7): any line ending, folded lines, compact forms. A body longer than Content-Length
 * is cut to it (section 18.3).
 * @throws TelephoneError SIP_SYNTAX for what is no SIP message.
 */
export function parseSipMessage(bytes: Buffer): SipMessage {
  const head = findHeadEnd(bytes);
  if (head === null)
    throw new TelephoneError('SIP_SYNTAX', 'the message has no empty line after its headers');
  const lines = unfold(bytes.toString('utf8', 0, head.end));
  const startLine = lines[0] ?? '';
  const headers = lines.slice(1).map((line): SipHeader => {
    const colon = line.indexOf(':');
    if (colon <= 0) throw new TelephoneError('SIP_SYNTAX', 'a header line has no colon');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const length = contentLength(headers);
  const bodyEnd = length === null ? bytes.length : head.bodyStart + length;
  if (bodyEnd > bytes.length)
    throw new TelephoneError('SIP_SYNTAX', 'the body is shorter than Content-Length');
  const body = bytes.toString('utf8', head.bodyStart, bodyEnd);

  const response = /^SIP\/2\.0 +(\d{3})(?: +(.*))?$/i.exec(startLine);
  if (response !== null) {
    const [, status = '', reasonPhrase = ''] = response;
    return { kind: 'response', status: Number(status), reasonPhrase: reasonPhrase.trim(), headers, body };
  }
  const request = /^([^\s]+) +(\S+) +SIP\/2\.0$/i.exec(startLine);
  if (request === null)
    throw new TelephoneError('SIP_SYNTAX', 'the first line is neither a request nor a status');
  const [, method = '', uri = ''] = request;
  return { kind: 'request', method: method.toUpperCase(), uri, headers, body };
}

/** Where the head ends and the body begins, or null while the empty line has not come yet. */
export function findHeadEnd(bytes: Buffer): { readonly end: number; readonly bodyStart: number } | null {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { end: crlf, bodyStart: crlf + 4 };
  return lf < 0 ? null : { end: lf, bodyStart: lf + 2 };
}

/** The wire form; Content-Length is always computed here. */
export function formatSipMessage(message: SipMessage): Buffer {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reasonPhrase}`;
  const lines = message.headers
    .filter(([name]) => canonicalName(name) !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`);
  const length = Buffer.byteLength(message.body);
  return Buffer.from(`${[start, ...lines, `Content-Length: ${length}`].join('\r\n')}\r\n\r\n${message.body}`);
}

/** First line of that header, whole, or null. */
export function firstHeader(
  message: { readonly headers: readonly SipHeader[] },
  name: string,
): string | null {
  const wanted = name.toLowerCase();
  return message.headers.find(([each]) => canonicalName(each) === wanted)?.[1] ?? null;
}

/** All values of a list header in order, split at commas outside quotes and angle brackets. */
export function listHeader(
  message: { readonly headers: readonly SipHeader[] },
  name: string,
): readonly string[] {
  const wanted = name.toLowerCase();
  return message.headers
    .filter(([each]) => canonicalName(each) === wanted)
    .flatMap(([, value]) => splitList(value));
}

/** Number and method of CSeq. @throws TelephoneError SIP_SYNTAX where it is missing or malformed. */
export function readCSeq(message: SipMessage): { readonly number: number; readonly method: string } {
  const match = /^(\d+)\s+(\S+)$/.exec(firstHeader(message, 'cseq') ?? '');
  if (match === null) throw new TelephoneError('SIP_SYNTAX', 'CSeq is missing or malformed');
  const [, number = '0', method = ''] = match;
  return { number: Number(number), method: method.toUpperCase() };
}

/** Q.850 cause of a Reason header (RFC 3326), or null. */
export function readQ850Cause(message: SipMessage): number | null {
  for (const value of listHeader(message, 'reason')) {
    const match = /^q\.850\s*;.*\bcause\s*=\s*(\d+)/i.exec(value);
    if (match !== null) return Number(match[1]);
  }
  return null;
}

/** Content-Length as a number, or null where it is not given. @throws TelephoneError SIP_SYNTAX where it is no number. */
export function contentLength(headers: readonly SipHeader[]): number | null {
  const value = firstHeader({ headers }, 'content-length');
  if (value === null) return null;
  if (!/^\d{1,9}$/.test(value)) throw new TelephoneError('SIP_SYNTAX', 'Content-Length is no number');
  return Number(value);
}

function unfold(head: string): readonly string[] {
  const lines: string[] = [];
  for (const line of head.replace(/^(?:\r?\n)+/, '').split(/\r?\n/)) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) lines[lines.length - 1] = `${last} ${line.trim()}`;
    else lines.push(line);
  }
  return lines;
}

function splitList(value: string): readonly string[] {
  const parts: string[] = [];
  let quoted = false;
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < value.length; at++) {
    const char = value[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '<') depth++;
    else if (char === '>') depth = Math.max(0, depth - 1);
    else if (char === ',' && depth === 0) {
      parts.push(value.slice(begin, at));
      begin = at + 1;
    }
  }
  parts.push(value.slice(begin));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
