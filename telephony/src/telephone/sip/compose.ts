import { randomBytes } from 'node:crypto';
import { canonicalName, firstHeader, type SipHeader, type SipRequest, type SipResponse } from './message.ts';

/** A new Via branch with the magic cookie of RFC 3261 section 8.1.1.7. */
export function newBranch(): string {
  return `z9hG4bK${randomBytes(9).toString('hex')}`;
}

/** A new tag for From or To. */
export function newTag(): string {
  return randomBytes(6).toString('hex');
}

/** Via of our own, asking for the answer at the port that the request came from (RFC 3581). */
export function viaHeader(via: { protocol: string; host: string; port: number }, branch: string): SipHeader {
  return ['Via', `SIP/2.0/${via.protocol} ${bracketed(via.host)}:${via.port};branch=${branch};rport`];
}

export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

const phrases: ReadonlyMap<number, string> = new Map([
  [100, 'Trying'],
  [180, 'Ringing'],
  [181, 'Call Is Being Forwarded'],
  [183, 'Session Progress'],
  [200, 'OK'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [420, 'Bad Extension'],
  [480, 'Temporarily Unavailable'],
  [481, 'Call/Transaction Does Not Exist'],
  [486, 'Busy Here'],
  [487, 'Request Terminated'],
  [488, 'Not Acceptable Here'],
  [500, 'Server Internal Error'],
  [503, 'Service Unavailable'],
  [603, 'Decline'],
]);

/** The usual phrase of a status; the number alone carries meaning. */
export function reasonPhrase(status: number): string {
  return phrases.get(status) ?? 'Status';
}

/** A response to `request` (RFC 3261 section 8.2.6): Via, From, To, Call-ID, CSeq and Record-Route are taken over. */
export function responseTo(
  request: SipRequest,
  status: number,
  more: {
    readonly toTag?: string;
    readonly headers?: readonly SipHeader[];
    readonly body?: string;
    readonly phrase?: string;
  } = {},
): SipResponse {
  const kept = new Set([
    'via',
    'from',
    'call-id',
    'cseq',
    ...(status > 100 && status < 300 ? ['record-route'] : []),
  ]);
  const to = firstHeader(request, 'to') ?? '';
  const tagged = more.toTag === undefined || /;\s*tag\s*=/i.test(to) ? to : `${to};tag=${more.toTag}`;
  return {
    kind: 'response',
    status,
    reasonPhrase: more.phrase ?? reasonPhrase(status),
    headers: [
      ...request.headers.filter(([name]) => kept.has(canonicalName(name))),
      ['To', tagged],
      ...(more.headers ?? []),
    ],
    body: more.body ?? '',
  };
}

/** ACK of a final response that is no 2xx: same branch, To of the response (RFC 3261 section 17.1.1.3). */
export function ackOfRefusal(invite: SipRequest, response: SipResponse): SipRequest {
  return derived(invite, 'ACK', firstHeader(response, 'to') ?? '');
}

/** CANCEL of an INVITE: same branch, To without a tag of the answer (RFC 3261 section 9.1). */
export function cancelOf(invite: SipRequest): SipRequest {
  return derived(invite, 'CANCEL', firstHeader(invite, 'to') ?? '');
}

function derived(invite: SipRequest, method: string, to: string): SipRequest {
  const number = (firstHeader(invite, 'cseq') ?? '0').split(/\s/)[0] ?? '0';
  const via = invite.headers.find(([name]) => canonicalName(name) === 'via');
  const kept = invite.headers.filter(([name]) => ['from', 'call-id', 'route'].includes(canonicalName(name)));
  return {
    kind: 'request',
    method,
    uri: invite.uri,
    headers: [
      ...(via === undefined ? [] : [via]),
      ...kept,
      ['To', to],
      ['CSeq', `${number} ${method}`],
      ['Max-Forwards', '70'],
    ],
    body: '',
  };
}
