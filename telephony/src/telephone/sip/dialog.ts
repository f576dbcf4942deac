import { parseNameAddress, parseSipUri } from './address.ts';
import { newBranch, viaHeader } from './compose.ts';
import {
  firstHeader,
  listHeader,
  readCSeq,
  type SipHeader,
  type SipRequest,
  type SipResponse,
} from './message.ts';
import type { SipPeer, SipTransport } from './transport.ts';

/** One SIP dialog (RFC 3261 section 12), the same for both sides. */
export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly #local: string;
  readonly #remote: string;
  readonly #routes: readonly string[];
  readonly #transport: SipTransport;
  readonly #contact: string;
  readonly #origin: SipPeer;
  #target: string;
  #localCSeq: number;
  #remoteCSeq: number | null;

  private constructor(parts: {
    callId: string;
    local: string;
    remote: string;
    routes: readonly string[];
    target: string;
    localCSeq: number;
    remoteCSeq: number | null;
    transport: SipTransport;
    contact: string;
    origin: SipPeer;
  }) {
    this.callId = parts.callId;
    this.#local = parts.local;
    this.#remote = parts.remote;
    this.localTag = tagOf(parts.local);
    this.remoteTag = tagOf(parts.remote);
    this.#routes = parts.routes;
    this.#target = parts.target;
    this.#localCSeq = parts.localCSeq;
    this.#remoteCSeq = parts.remoteCSeq;
    this.#transport = parts.transport;
    this.#contact = parts.contact;
    this.#origin = parts.origin;
  }

  /** The caller's side, from a response with a tag (12.1.2). */
  static ofCaller(
    invite: SipRequest,
    response: SipResponse,
    own: { transport: SipTransport; contact: string; server: SipPeer },
  ): Dialog {
    return new Dialog({
      callId: firstHeader(invite, 'call-id') ?? '',
      local: firstHeader(invite, 'from') ?? '',
      remote: firstHeader(response, 'to') ?? '',
      routes: listHeader(response, 'record-route').toReversed(),
      target: contactOf(response) ?? invite.uri,
      localCSeq: readCSeq(invite).number,
      remoteCSeq: null,
      transport: own.transport,
      contact: own.contact,
      origin: own.server,
    });
  }

  /** The called side, from the INVITE (12.1.1). */
  static ofCalled(
    invite: SipRequest,
    own: { transport: SipTransport; contact: string; from: SipPeer; tag: string },
  ): Dialog {
    return new Dialog({
      callId: firstHeader(invite, 'call-id') ?? '',
      local: `${firstHeader(invite, 'to') ?? ''};tag=${own.tag}`,
      remote: firstHeader(invite, 'from') ?? '',
      routes: listHeader(invite, 'record-route'),
      target: contactOf(invite) ?? parseNameAddress(firstHeader(invite, 'from') ?? '').uri,
      localCSeq: 0,
      remoteCSeq: readCSeq(invite).number,
      transport: own.transport,
      contact: own.contact,
      origin: own.from,
    });
  }

  /** Takes the remote target of a target refresh (re-INVITE, UPDATE and their 2xx; 12.2). */
  refreshTarget(message: SipRequest | SipResponse): void {
    this.#target = contactOf(message) ?? this.#target;
  }

  /** False if the request is older than one already taken (12.2.2: answer 500). */
  accepts(request: SipRequest): boolean {
    const { number } = readCSeq(request);
    if (this.#remoteCSeq !== null && number < this.#remoteCSeq) return false;
    this.#remoteCSeq = number;
    return true;
  }

  /** A request within the dialog (12.2.1.1) and where it goes. ACK takes the number of its INVITE. */
  request(
    method: string,
    more: { readonly cseq?: number; readonly headers?: readonly SipHeader[]; readonly body?: string } = {},
  ): { readonly request: SipRequest; readonly to: SipPeer } {
    const number = more.cseq ?? ++this.#localCSeq;
    const first = this.#routes[0] === undefined ? null : parseNameAddress(this.#routes[0]).uri;
    const strict = first !== null && !parseSipUri(first).params.has('lr');
    const routes = strict ? [...this.#routes.slice(1), `<${this.#target}>`] : this.#routes;
    const request: SipRequest = {
      kind: 'request',
      method,
      uri: strict ? first : this.#target,
      headers: [
        viaHeader(this.#transport, newBranch()),
        ['Max-Forwards', '70'],
        ...routes.map((route): SipHeader => ['Route', route]),
        ['From', this.#local],
        ['To', this.#remote],
        ['Call-ID', this.callId],
        ['CSeq', `${number} ${method}`],
        ['Contact', this.#contact],
        ...(more.headers ?? []),
      ],
      body: more.body ?? '',
    };
    return { request, to: this.#nextHop(first ?? this.#target) };
  }

  #nextHop(uri: string): SipPeer {
    const { host, port } = parseSipUri(uri);
    if (host === '') return this.#origin;
    const hop = { host, port: port ?? 5060 };
    // Over TCP the connection that carried the INVITE serves as long as it leads to the same machine.
    const { connection } = this.#origin;
    return connection !== undefined && host === this.#origin.host ? { ...hop, connection } : hop;
  }
}

/** The tag of a From or To value, or ''. */
export function tagOf(value: string): string {
  return parseNameAddress(value).params.get('tag') ?? '';
}

function contactOf(message: SipRequest | SipResponse): string | null {
  const [contact] = listHeader(message, 'contact');
  return contact === undefined || contact === '*' ? null : parseNameAddress(contact).uri;
}
