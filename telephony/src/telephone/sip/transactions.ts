import type { TelephoneClock } from '../clock.ts';
import { parseVia } from './address.ts';
import { ackOfRefusal, responseTo } from './compose.ts';
import {
  firstHeader,
  formatSipMessage,
  listHeader,
  readCSeq,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.ts';
import type { SipPeer, SipTransport } from './transport.ts';

/** RFC 3261 table 4. */
export type SipTimers = { readonly t1Ms: number; readonly t2Ms: number; readonly t4Ms: number };
export const standardTimers: SipTimers = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000 };

export type RequestListener = {
  /** Every provisional and final response, a repeated 2xx of an INVITE too. */
  response(response: SipResponse): void;
  failed(why: 'timedOut' | 'transportFailed'): void;
};

/** A request that came in and waits for our answer. */
export interface ServerTransaction {
  readonly request: SipRequest;
  readonly from: SipPeer;
  respond(response: SipResponse): void;
  /** True once a final response was given. */
  readonly finished: boolean;
  /** Ends the repetition of a 2xx to an INVITE: its ACK has come. */
  acknowledged(): void;
  /** Set by the owner: a 2xx or refusal was never acknowledged (64 × T1). */
  onUnacknowledged: (() => void) | null;
}

export type TransactionListener = {
  request(transaction: ServerTransaction): void;
  /** An ACK of a 2xx; other ACKs stay in here. */
  ack(request: SipRequest): void;
  cancel(invite: ServerTransaction): void;
  fault(what: string): void;
};

/** The transaction layer of RFC 3261 section 17 with the corrections of RFC 6026. */
export class TransactionLayer {
  readonly #transport: SipTransport;
  readonly #clock: TelephoneClock;
  readonly #timers: SipTimers;
  readonly #listener: TransactionListener;
  readonly #clients = new Map<string, (response: SipResponse) => void>();
  readonly #servers = new Map<string, Server>();
  readonly #cancels = new Set<() => void>();
  readonly #trace: (direction: 'in' | 'out', bytes: Buffer) => void;

  constructor(parts: {
    transport: SipTransport;
    clock: TelephoneClock;
    timers: SipTimers;
    listener: TransactionListener;
    trace: (direction: 'in' | 'out', bytes: Buffer) => void;
  }) {
    this.#transport = parts.transport;
    this.#clock = parts.clock;
    this.#timers = parts.timers;
    this.#listener = parts.listener;
    this.#trace = parts.trace;
  }

  get #reliable(): boolean {
    return this.#transport.protocol === 'TCP';
  }

  /** Stops all timers; nothing is sent or reported any more. */
  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
    this.#clients.clear();
    this.#servers.clear();
  }

  /** Sends without a transaction: the ACK of a 2xx. */
  sendOnce(message: SipMessage, to: SipPeer): void {
    this.#send(message, to, () => this.#listener.fault('ACK could not be sent'));
  }

  /** Client transaction of INVITE (17.1.1) or of another method (17.1.2). */
  request(request: SipRequest, to: SipPeer, listener: RequestListener): void {
    const invite = request.method === 'INVITE';
    const key = clientKey(request);
    const { t1Ms, t2Ms, t4Ms } = this.#timers;
    const timers = new TimerSet((ms, action) => this.#after(ms, action));
    let state: 'calling' | 'proceeding' | 'completed' | 'accepted' | 'ended' = 'calling';
    let ack: SipRequest | null = null;

    const end = (): void => {
      state = 'ended';
      timers.clear();
      this.#clients.delete(key);
    };
    const fail = (why: 'timedOut' | 'transportFailed'): void => {
      if (state !== 'calling' && state !== 'proceeding') return;
      end();
      listener.failed(why);
    };
    const send = (): void => this.#send(request, to, () => fail('transportFailed'));
    const repeat = (delayMs: number): void => {
      timers.set('repeat', delayMs, () => {
        if (state !== 'calling' && (invite || state !== 'proceeding')) return;
        send();
        repeat(invite ? delayMs * 2 : state === 'proceeding' ? t2Ms : Math.min(delayMs * 2, t2Ms));
      });
    };
    this.#clients.set(key, (response) => {
      if (response.status < 200) {
        if (state !== 'calling' && state !== 'proceeding') return;
        state = 'proceeding';
        if (invite) timers.clear();
        listener.response(response);
        return;
      }
      if (invite && response.status < 300) {
        if (state === 'completed') return;
        if (state !== 'accepted') {
          timers.clear();
          timers.set('end', 64 * t1Ms, end);
        }
        state = 'accepted';
        listener.response(response);
        return;
      }
      if (state === 'completed' && ack !== null)
        this.#send(ack, to, () => this.#listener.fault('ACK could not be sent'));
      if (state !== 'calling' && state !== 'proceeding') return;
      state = 'completed';
      timers.clear();
      if (invite) {
        ack = ackOfRefusal(request, response);
        this.#send(ack, to, () => this.#listener.fault('ACK could not be sent'));
      }
      timers.set('end', this.#reliable ? 0 : invite ? 64 * t1Ms : t4Ms, end);
      listener.response(response);
    });
    timers.set('timeout', 64 * t1Ms, () => fail('timedOut'));
    if (!this.#reliable) repeat(t1Ms);
    send();
  }

  /** Takes a message from the transport. */
  receive(message: SipMessage, from: SipPeer): void {
    if (message.kind === 'response') {
      // A response to no transaction of ours: a forked or very late answer; RFC 6026 section 7.2 has it dropped.
      this.#clients.get(clientKey(message))?.(message);
      return;
    }
    const request = withReceived(message, from);
    const known = this.#servers.get(serverKey(request));
    if (request.method === 'ACK') {
      if (known?.confirm() !== true) this.#listener.ack(request);
      return;
    }
    if (known !== undefined) {
      known.repeated();
      return;
    }
    const server = new Server(request, from, {
      timers: this.#timers,
      reliable: this.#reliable,
      timerSet: new TimerSet((ms, action) => this.#after(ms, action)),
      send: (response) =>
        this.#send(response, replyTo(request, from), () =>
          this.#listener.fault('a response could not be sent'),
        ),
      ended: () => this.#servers.delete(serverKey(request)),
    });
    this.#servers.set(serverKey(request), server);
    if (request.method !== 'CANCEL') {
      this.#listener.request(server);
      return;
    }
    const invite = this.#servers.get(serverKey(request, 'INVITE'));
    server.respond(responseTo(request, invite === undefined ? 481 : 200));
    if (invite !== undefined && !invite.finished) this.#listener.cancel(invite);
  }

  #send(message: SipMessage, to: SipPeer, failed: () => void): void {
    const bytes = formatSipMessage(message);
    this.#trace('out', bytes);
    this.#transport.send(to, bytes, failed);
  }

  #after(ms: number, action: () => void): () => void {
    const cancel = this.#clock.after(ms, () => {
      this.#cancels.delete(cancel);
      action();
    });
    this.#cancels.add(cancel);
    return () => {
      this.#cancels.delete(cancel);
      cancel();
    };
  }
}

/** Server transaction (17.2); the repetition of a 2xx until its ACK (13.3.1.4) is done here too, as it needs the same timers. */
class Server implements ServerTransaction {
  readonly request: SipRequest;
  readonly from: SipPeer;
  onUnacknowledged: (() => void) | null = null;
  readonly #parts: {
    readonly timers: SipTimers;
    readonly reliable: boolean;
    readonly timerSet: TimerSet;
    readonly send: (response: SipResponse) => void;
    readonly ended: () => void;
  };
  #last: SipResponse | null = null;
  #confirmed = false;

  constructor(
    request: SipRequest,
    from: SipPeer,
    parts: {
      timers: SipTimers;
      reliable: boolean;
      timerSet: TimerSet;
      send: (response: SipResponse) => void;
      ended: () => void;
    },
  ) {
    this.request = request;
    this.from = from;
    this.#parts = parts;
  }

  get finished(): boolean {
    return this.#last !== null && this.#last.status >= 200;
  }

  respond(response: SipResponse): void {
    if (this.finished) return;
    this.#last = response;
    this.#parts.send(response);
    if (response.status < 200) return;
    const { timers, reliable, timerSet } = this.#parts;
    if (this.request.method !== 'INVITE') {
      timerSet.set('end', reliable ? 0 : 64 * timers.t1Ms, this.#parts.ended);
      return;
    }
    const accepted = response.status < 300;
    if (accepted || !reliable) this.#repeat(response, timers.t1Ms);
    timerSet.set('end', 64 * timers.t1Ms, () => {
      timerSet.clear();
      this.#parts.ended();
      if (!this.#confirmed) this.onUnacknowledged?.();
    });
  }

  acknowledged(): void {
    this.#confirmed = true;
    this.#parts.timerSet.cancel('repeat');
  }

  /** True if the ACK belonged to a refusal of this transaction. */
  confirm(): boolean {
    if (this.#last === null || this.#last.status < 300) return false;
    this.acknowledged();
    return true;
  }

  repeated(): void {
    // After a 2xx the repetition runs by its own timer (RFC 6026 section 7.1).
    if (
      this.#last === null ||
      (this.request.method === 'INVITE' && this.#last.status >= 200 && this.#last.status < 300)
    )
      return;
    this.#parts.send(this.#last);
  }

  #repeat(response: SipResponse, delayMs: number): void {
    this.#parts.timerSet.set('repeat', delayMs, () => {
      this.#parts.send(response);
      this.#repeat(response, Math.min(delayMs * 2, this.#parts.timers.t2Ms));
    });
  }
}

class TimerSet {
  readonly #after: (ms: number, action: () => void) => () => void;
  readonly #running = new Map<string, () => void>();

  constructor(after: (ms: number, action: () => void) => () => void) {
    this.#after = after;
  }

  set(name: string, ms: number, action: () => void): void {
    this.cancel(name);
    this.#running.set(name, this.#after(ms, action));
  }

  cancel(name: string): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  clear(): void {
    for (const cancel of this.#running.values()) cancel();
    this.#running.clear();
  }
}

function topVia(message: SipMessage): ReturnType<typeof parseVia> {
  return parseVia(listHeader(message, 'via')[0] ?? '');
}

/** RFC 3261 section 17.1.3: branch of the topmost Via and method of CSeq. */
function clientKey(message: SipMessage): string {
  return `${topVia(message).params.get('branch') ?? ''} ${readCSeq(message).method}`;
}

/** RFC 3261 section 17.2.3; a branch without the magic cookie (RFC 2543) is made unique by Call-ID and CSeq. */
function serverKey(
  request: SipRequest,
  method = request.method === 'ACK' ? 'INVITE' : request.method,
): string {
  const via = topVia(request);
  const branch = via.params.get('branch') ?? '';
  const older = branch.startsWith('z9hG4bK')
    ? ''
    : `${firstHeader(request, 'call-id') ?? ''} ${readCSeq(request).number}`;
  return `${branch} ${via.host}:${via.port ?? ''} ${method} ${older}`;
}

/** Adds received and fills rport (RFC 3581 section 4). */
function withReceived(request: SipRequest, from: SipPeer): SipRequest {
  const via = topVia(request);
  let first = true;
  const headers = request.headers.map((header) => {
    if (!first || !/^(via|v)$/i.test(header[0])) return header;
    first = false;
    let value = header[1];
    const comma = value.indexOf(',');
    let rest = '';
    if (comma >= 0) {
      rest = value.slice(comma);
      value = value.slice(0, comma);
    }
    if (via.params.has('rport')) value = value.replace(/;\s*rport(\s*=[^;]*)?/i, `;rport=${from.port}`);
    if (via.params.has('rport') || via.host !== from.host) value = `${value};received=${from.host}`;
    return [header[0], `${value}${rest}`] as const;
  });
  return { ...request, headers };
}

function replyTo(request: SipRequest, from: SipPeer): SipPeer {
  const via = topVia(request);
  if (from.connection !== undefined)
    return { host: from.host, port: via.port ?? 5060, connection: from.connection };
  return { host: from.host, port: via.params.has('rport') ? from.port : (via.port ?? 5060) };
}
