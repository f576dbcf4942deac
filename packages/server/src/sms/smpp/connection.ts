import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Pdu, Session } from 'smpp';
import { CommandStatus } from './command-status.ts';
import { type Header, HeaderSchema } from './pdu-schema.ts';
import { smpp } from './raw-smpp.ts';
import type { SmppSettings } from './settings.ts';

/** What became of a request. `noReply`: handed to the network, and neither answer nor refusal was seen. */
export type Reply =
  | { readonly type: 'reply'; readonly status: number; readonly pdu: Pdu }
  | { readonly type: 'noReply' }
  | { readonly type: 'notSent' };

export type CloseReason =
  | 'stopped'
  | 'peerClosed'
  | 'peerSilent'
  | 'unboundByPeer'
  | 'brokenPdu'
  | 'networkError';

/** The gateway could not be reached, or would not have us. */
export class SmppBindError extends Error {
  readonly code: 'unreachable' | 'refused' | 'noAnswer';
  /** command_status of bind_transceiver_resp; null where there was none. */
  readonly commandStatus: number | null;
  constructor(code: SmppBindError['code'], commandStatus: number | null) {
    super(`SMPP bind failed: ${code}`);
    this.code = code;
    this.commandStatus = commandStatus;
  }
}

/**
 * One bound SMPP 3.4 transceiver session, from bind to close; it does not come back by itself (gateway.ts does that).
 * Answers enquire_link and unbind, asks a silent peer whether it is there, hands deliver_sm to `onDeliver` and answers with the
 * command_status that it resolves to.
 */
export class SmppConnection {
  readonly closed: Promise<CloseReason>;
  readonly #session: Session;
  readonly #socket: Socket;
  readonly #settings: SmppSettings;
  readonly #onDeliver: (pdu: Pdu) => Promise<number>;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #idleTimer: NodeJS.Timeout;
  #closeReason: CloseReason | null = null;

  private constructor(socket: Socket, settings: SmppSettings, onDeliver: (pdu: Pdu) => Promise<number>) {
    this.#socket = socket;
    this.#settings = settings;
    this.#onDeliver = onDeliver;
    this.#session = new smpp.Session({ socket });
    this.#session.on('pdu', (pdu) => this.#receive(pdu));
    // The library stops reading for good after a PDU it cannot parse, and reports network errors by the same event.
    this.#session.on('error', (error) => this.#close('code' in error ? 'networkError' : 'brokenPdu'));
    this.#idleTimer = setTimeout(() => void this.#enquire(), settings.enquireLinkAfterMs);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        clearTimeout(this.#idleTimer);
        for (const settle of this.#waiting.values()) settle({ type: 'noReply' });
        this.#waiting.clear();
        resolve(this.#closeReason ?? 'peerClosed');
      });
    });
  }

  /**
   * @param signal gives the attempt up
   * @throws SmppBindError
   */
  static async bind(
    settings: SmppSettings,
    onDeliver: (pdu: Pdu) => Promise<number>,
    signal: AbortSignal,
  ): Promise<SmppConnection> {
    const socket = await openSocket(settings, signal);
    const connection = new SmppConnection(socket, settings, onDeliver);
    const giveUp = () => connection.#close('stopped');
    signal.addEventListener('abort', giveUp);
    const reply = await connection.request('bind_transceiver', {
      system_id: settings.systemId,
      password: settings.password,
      system_type: settings.systemType,
      interface_version: 0x34,
    });
    signal.removeEventListener('abort', giveUp);
    if (reply.type === 'reply' && reply.status === CommandStatus.ok) return connection;
    connection.#close('stopped');
    throw reply.type === 'reply'
      ? new SmppBindError('refused', reply.status)
      : new SmppBindError('noAnswer', null);
  }

  get open(): boolean {
    return this.#closeReason === null && this.#socket.writable;
  }

  /** Sends a request and waits for its answer, at most `timeoutMs`. Never rejects. */
  async request(
    command: string,
    fields: Readonly<Record<string, unknown>>,
    timeoutMs = this.#settings.responseTimeoutMs,
  ): Promise<Reply> {
    if (!this.open) return { type: 'notSent' };
    const pdu = new smpp.PDU(command, fields);
    if (!this.#session.send(pdu)) return { type: 'notSent' };
    return await new Promise((resolve) => {
      const settle = (reply: Reply) => {
        clearTimeout(timer);
        this.#waiting.delete(pdu.sequence_number);
        resolve(reply);
      };
      const timer = setTimeout(() => settle({ type: 'noReply' }), timeoutMs);
      this.#waiting.set(pdu.sequence_number, settle);
    });
  }

  /** Takes leave (unbind) and closes. */
  async unbind(): Promise<void> {
    await this.request('unbind', {}, 1_000);
    this.#close('stopped');
    await this.closed;
  }

  #receive(pdu: Pdu): void {
    this.#idleTimer.refresh();
    const header = HeaderSchema.safeParse(pdu);
    if (!header.success) {
      this.#close('brokenPdu');
      return;
    }
    if (pdu.isResponse()) {
      this.#waiting.get(header.data.sequence_number)?.({
        type: 'reply',
        status: header.data.command_status,
        pdu,
      });
      return;
    }
    this.#answer(pdu, header.data);
  }

  #answer(pdu: Pdu, header: Header): void {
    switch (header.command) {
      case 'deliver_sm':
        this.#onDeliver(pdu).then(
          (status) => this.#session.send(pdu.response({ command_status: status })),
          () => this.#close('brokenPdu'),
        );
        return;
      case 'unbind':
        this.#session.send(pdu.response());
        this.#close('unboundByPeer');
        return;
      case 'alert_notification':
      case 'outbind':
        return;
      case 'enquire_link':
        this.#session.send(pdu.response());
        return;
      default:
        this.#session.send(
          new smpp.PDU('generic_nack', { command_status: 3, sequence_number: header.sequence_number }),
        );
    }
  }

  async #enquire(): Promise<void> {
    const reply = await this.request('enquire_link', {}, this.#settings.enquireLinkTimeoutMs);
    if (reply.type === 'noReply') this.#close('peerSilent');
  }

  #close(reason: CloseReason): void {
    if (this.#closeReason !== null) return;
    this.#closeReason = reason;
    if (reason === 'unboundByPeer') {
      this.#socket.end();
      this.#socket.destroySoon();
    } else {
      this.#socket.destroy();
    }
  }
}

function openSocket(settings: SmppSettings, signal: AbortSignal): Promise<Socket> {
  const target = { host: settings.host, port: settings.port };
  const socket = settings.tls
    ? connectTls({
        ...target,
        ...serverName(settings.host),
        ...(settings.ca === undefined ? {} : { ca: settings.ca }),
      })
    : connectTcp(target);
  socket.setNoDelay(true);
  return new Promise((resolve, reject) => {
    const stopListening = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', fail);
      socket.off('error', fail);
    };
    const fail = () => {
      stopListening();
      // A late error of the socket given up has nobody left to tell.
      socket.on('error', () => undefined);
      socket.destroy();
      reject(new SmppBindError('unreachable', null));
    };
    const timer = setTimeout(fail, settings.connectTimeoutMs);
    signal.addEventListener('abort', fail);
    socket.once('error', fail);
    socket.once(settings.tls ? 'secureConnect' : 'connect', () => {
      stopListening();
      resolve(socket);
    });
    if (signal.aborted) fail();
  });
}

/** The name to ask for in TLS; an address is none (RFC 6066, 3). The certificate is checked against `host` all the same. */
function serverName(host: string): { readonly servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}
