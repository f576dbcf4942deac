import { randomUUID } from 'node:crypto';
import { allowHeader, type Call, type CallParts } from './call.ts';
import { machineClock, type TelephoneClock } from './clock.ts';
import { IncomingCall } from './incomingCall.ts';
import { type CallOptions, PlacedCall } from './placedCall.ts';
import { Media } from './rtp/media.ts';
import { Pacer, type Pacing } from './rtp/pacer.ts';
import type { Codec } from './sdp.ts';
import { bracketed, newTag, responseTo } from './sip/compose.ts';
import { tagOf } from './sip/dialog.ts';
import { firstHeader, listHeader, parseSipMessage, type SipHeader, type SipRequest } from './sip/message.ts';
import {
  type ServerTransaction,
  type SipTimers,
  standardTimers,
  TransactionLayer,
} from './sip/transactions.ts';
import { openTcp, openUdp, type SipPeer, type SipReceiver, type SipTransport } from './sip/transport.ts';
import { TelephoneError } from './telephoneError.ts';

export type TelephoneOptions = {
  /** An address of this machine in numbers. */
  readonly localAddress: string;
  readonly transport: 'udp' | 'tcp';
  /** In our order of preference; both unless told. */
  readonly codecs?: readonly Codec[];
  /** SIP port; a free one unless told. */
  readonly port?: number;
  /** False for load: packets, gaps and markers are followed, no sound is kept. */
  readonly keepSound?: boolean;
  /**
   * Gives each call the port of its sound, where another socket is bound to `localAddress` (SO_REUSEADDR) and gets what comes: the
   * telephone only sends from there and hears nothing. Unless told, calls have free ports of their own.
   */
  readonly heldPort?: () => number;
  readonly clock?: TelephoneClock;
  readonly timers?: SipTimers;
  /** Every SIP message, for evidence files. */
  readonly onSip?: (direction: 'in' | 'out', text: string) => void;
};

type IncomingHandler = (call: IncomingCall) => void | Promise<void>;

/** Opens a telephone that can place and take many calls at once. Rejects where the address cannot be bound. */
export async function createTelephone(options: TelephoneOptions): Promise<Telephone> {
  const relay: { receiver: SipReceiver | null } = { receiver: null };
  const receiver: SipReceiver = {
    message: (bytes, from) => relay.receiver?.message(bytes, from),
    fault: (what) => relay.receiver?.fault(what),
  };
  const open = options.transport === 'udp' ? openUdp : openTcp;
  const transport = await open(options.localAddress, options.port ?? 0, receiver);
  const telephone = new Telephone(options, transport);
  relay.receiver = telephone;
  return telephone;
}

export class Telephone implements SipReceiver {
  /** What was received and was no SIP, and connections that broke: kinds only. */
  readonly faults: string[] = [];
  readonly #clock: TelephoneClock;
  readonly #options: TelephoneOptions;
  readonly #transport: SipTransport;
  readonly #transactions: TransactionLayer;
  readonly #pacer: Pacer;
  readonly #parts: CallParts;
  readonly #calls = new Map<string, Call>();
  readonly #invites = new WeakMap<ServerTransaction, IncomingCall>();
  readonly #trace: (direction: 'in' | 'out', bytes: Buffer) => void;
  #incoming: IncomingHandler | null = null;
  #closed = false;

  constructor(options: TelephoneOptions, transport: SipTransport) {
    const { onSip } = options;
    this.#options = options;
    this.#transport = transport;
    this.#clock = options.clock ?? machineClock;
    this.#pacer = new Pacer(this.#clock);
    this.#trace =
      onSip === undefined ? () => undefined : (direction, bytes) => onSip(direction, bytes.toString('utf8'));
    this.#transactions = new TransactionLayer({
      transport,
      clock: this.#clock,
      timers: options.timers ?? standardTimers,
      trace: this.#trace,
      listener: {
        request: (transaction) => this.#request(transaction),
        ack: (request) => this.#callOf(request)?.acknowledge(request),
        cancel: (invite) => this.#cancelled(invite),
        fault: (what) => this.fault(what),
      },
    });
    this.#parts = {
      clock: this.#clock,
      transactions: this.#transactions,
      transport,
      pacer: this.#pacer,
      codecs: options.codecs ?? ['PCMU', 'PCMA'],
      contact: `<${this.uriOf('telephone')}>`,
      userAgent: ['User-Agent', 'madoguchi-test-telephone'],
      forget: (call) => this.#calls.delete(`${call.sipCallId} ${call.localTag}`),
    };
  }

  get host(): string {
    return this.#transport.host;
  }

  /** The SIP port it listens on. */
  get port(): number {
    return this.#transport.port;
  }

  /** Calls that are not over. */
  get callCount(): number {
    return this.#calls.size;
  }

  /** How punctually this process sent; a late judge must not blame the judged. */
  get pacing(): Pacing {
    return this.#pacer.pacing;
  }

  /** A sip: URI that leads here. */
  uriOf(user: string): string {
    const suffix = this.#transport.protocol === 'TCP' ? ';transport=tcp' : '';
    return `sip:${user}@${bracketed(this.host)}:${this.port}${suffix}`;
  }

  /** Who takes calls. Without a handler, or when it does nothing at once, callers get 480 and 100. */
  onIncoming(handler: IncomingHandler): void {
    this.#incoming = handler;
  }

  /** Places a call; resolves when the INVITE is on its way. @throws TelephoneError CLOSED */
  async call(options: CallOptions): Promise<PlacedCall> {
    const startedAtMs = this.#clock.nowMs();
    const media = await this.#openMedia(startedAtMs, {
      keepSound: options.keepSound ?? this.#options.keepSound ?? true,
      sendSound: options.noRtp !== true,
    });
    const call = new PlacedCall(this.#parts, media, options, { callId: randomUUID(), startedAtMs });
    this.#calls.set(`${call.sipCallId} ${call.localTag}`, call);
    call.start();
    return call;
  }

  /** Ends all calls (waiting for their BYEs for `graceMs` at most), then all sockets. */
  async close(graceMs = 1000): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const ended = Promise.all([...this.#calls.values()].map((call) => call.hangUp()));
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, graceMs);
    await Promise.race([ended, tooLong]);
    clearTimeout(timer);
    for (const call of this.#calls.values()) call.abandon();
    this.#transactions.stop();
    await this.#transport.close();
  }

  message(bytes: Buffer, from: SipPeer): void {
    // CRLF alone keeps a NAT's way open (RFC 5626 section 4.4.1).
    if (bytes.length <= 4) return;
    this.#trace('in', bytes);
    try {
      this.#transactions.receive(parseSipMessage(bytes), from);
    } catch (error) {
      if (!(error instanceof TelephoneError)) throw error;
      this.fault(error.message);
    }
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  async #openMedia(callStartMs: number, how: { keepSound: boolean; sendSound: boolean }): Promise<Media> {
    if (this.#closed) throw new TelephoneError('CLOSED', 'the telephone is closed');
    const heldPort = this.#options.heldPort?.() ?? null;
    return Media.open(this.host, { clock: this.#clock, callStartMs, pacer: this.#pacer, heldPort, ...how });
  }

  #request(transaction: ServerTransaction): void {
    const { request } = transaction;
    const answer = (status: number, headers: readonly SipHeader[] = []): void =>
      transaction.respond(
        responseTo(request, status, { toTag: newTag(), headers: [...headers, this.#parts.userAgent] }),
      );
    if (tagOf(firstHeader(request, 'to') ?? '') !== '') {
      const call = this.#callOf(request);
      if (call === undefined) answer(481);
      else call.receive(transaction);
      return;
    }
    const required = listHeader(request, 'require');
    const incoming = this.#incoming;
    if (required.length > 0) answer(420, [['Unsupported', required.join(', ')]]);
    else if (request.method === 'OPTIONS') answer(200, [allowHeader, ['Accept', 'application/sdp']]);
    else if (['BYE', 'UPDATE', 'INFO'].includes(request.method)) answer(481);
    else if (request.method !== 'INVITE') answer(405, [allowHeader]);
    else if (this.#closed) answer(503);
    else if (incoming === null) answer(480);
    else void this.#offer(transaction, incoming);
  }

  async #offer(transaction: ServerTransaction, handler: IncomingHandler): Promise<void> {
    const startedAtMs = this.#clock.nowMs();
    const media = await this.#openMedia(startedAtMs, {
      keepSound: this.#options.keepSound ?? true,
      sendSound: true,
    });
    if (transaction.finished || this.#closed) return media.close();
    const call = new IncomingCall(this.#parts, media, transaction, startedAtMs);
    this.#calls.set(`${call.sipCallId} ${call.localTag}`, call);
    this.#invites.set(transaction, call);
    try {
      const handled = handler(call);
      if (!call.responded) transaction.respond(responseTo(transaction.request, 100));
      await handled;
    } catch (error) {
      // The handler's own mistake: the caller is let go and the mistake stays visible to whoever runs the telephone.
      call.reject(500);
      this.fault(error instanceof Error ? `incoming call: ${error.message}` : 'incoming call');
    }
  }

  #cancelled(invite: ServerTransaction): void {
    const call = this.#invites.get(invite);
    if (call !== undefined) call.cancelled();
    else invite.respond(responseTo(invite.request, 487, { toTag: newTag() }));
  }

  #callOf(request: SipRequest): Call | undefined {
    return this.#calls.get(
      `${firstHeader(request, 'call-id') ?? ''} ${tagOf(firstHeader(request, 'to') ?? '')}`,
    );
  }
}
