import { connect } from 'node:net';
import type { z } from 'zod';
import { AriError } from './ari-error.ts';
import {
  AriBridgeSchema,
  AriChannelSchema,
  type AriEvent,
  AriEventSchema,
  AriInfoSchema,
  READ_TYPES,
  RestResponseSchema,
  TypedSchema,
  UNREAD_TYPES,
} from './ari-events.ts';

export type AriListener = {
  readonly onEvent: (event: AriEvent) => void;
  /** The connection is up and its filter set. `engineName` differs from the last one after a restart of Asterisk. */
  readonly onUp: (engineName: string) => void;
  /** The connection was lost; events may be missed until `onUp`. */
  readonly onClosed: () => void;
  /** The engine is gone: nobody listens, or nobody has answered for long. Called at each further try. */
  readonly onDown: () => void;
};

export type AriLog = {
  warn(details: Record<string, string | number>, message: string): void;
};

export type AriOptions = {
  /** `http://127.0.0.1:8088/ari` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly application: string;
  readonly log: AriLog;
  readonly requestTimeoutMs?: number;
  readonly retryMs?: number;
};

/** Failed tries in a row, about 100 ms apart, after which an engine that does not refuse counts as gone too. */
const PATIENT_TRIES = 100;

type Query = Readonly<Record<string, string>>;
type Waiting = { resolve: (body: string) => void; reject: (error: AriError) => void; timer: NodeJS.Timeout };

/**
 * One websocket to Asterisk that carries both events and REST requests (`RESTRequest`/`RESTResponse`). Reconnects
 * until stopped. Requests are carried out by the engine in the order in which they were sent.
 */
export class Ari {
  readonly #options: AriOptions;
  #socket: WebSocket | null = null;
  #listener: AriListener | null = null;
  #stopped = false;
  #retry: NodeJS.Timeout | null = null;
  #sequence = 0;
  #failedTries = 0;
  /** Whether this connection's filter was set. */
  #up = false;
  readonly #waiting = new Map<string, Waiting>();
  /** Requests sent since the start, for measurements. */
  requestCount = 0;
  /** Events received since the start, those that nobody reads included, and their length in characters; for measurements. */
  eventCount = 0;
  eventChars = 0;

  constructor(options: AriOptions) {
    this.#options = options;
  }

  start(listener: AriListener): void {
    this.#listener = listener;
    this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    const socket = this.#socket;
    if (socket === null || socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
    socket.close(1000);
    const force = new Promise((resolve) => setTimeout(resolve, 500).unref());
    await Promise.race([closed, force]);
  }

  /**
   * Sends one request; resolves with the body's text.
   *
   * @throws AriError
   */
  request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    uri: string,
    query: Query = {},
    body?: object,
  ): Promise<string> {
    const socket = this.#socket;
    const what = `${method} ${shapeOf(uri)}`;
    if (socket === null || socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new AriError('disconnected', what, 0, false));
    }
    this.requestCount++;
    const requestId = String(++this.#sequence);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(requestId);
        reject(new AriError('timeout', what));
      }, this.#options.requestTimeoutMs ?? 5000);
      this.#waiting.set(requestId, {
        timer,
        resolve,
        reject: (error) =>
          reject(error.code === 'status' ? new AriError('status', what, error.status) : error),
      });
      socket.send(
        JSON.stringify({
          type: 'RESTRequest',
          transaction_id: requestId,
          request_id: requestId,
          method,
          uri,
          query_strings: Object.entries(query).map(([name, value]) => ({ name, value })),
          ...(body === undefined
            ? {}
            : { content_type: 'application/json', message_body: JSON.stringify(body) }),
        }),
      );
    });
  }

  /** As `request`, with the answer checked. */
  async read<T extends z.ZodType>(schema: T, uri: string, query: Query = {}): Promise<z.infer<T>> {
    return schema.parse(JSON.parse(await this.request('GET', uri, query)));
  }

  channels(): Promise<z.infer<typeof AriChannelSchema>[]> {
    return this.read(AriChannelSchema.array(), 'channels');
  }

  bridges(): Promise<z.infer<typeof AriBridgeSchema>[]> {
    return this.read(AriBridgeSchema.array(), 'bridges');
  }

  #connect(): void {
    const { url, user, password, application } = this.#options;
    const address = new URL(`${url.replace(/^http/, 'ws')}/events`);
    address.search = new URLSearchParams({ app: application, api_key: `${user}:${password}` }).toString();
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#up = false;
    socket.addEventListener('open', () => {
      this.#prepare().then(
        (engineName) => {
          if (this.#socket !== socket || socket.readyState !== WebSocket.OPEN) return;
          this.#up = true;
          this.#failedTries = 0;
          this.#listener?.onUp(engineName);
        },
        (error: unknown) => {
          this.#options.log.warn({ reason: nameOf(error) }, 'ARI could not be set up, trying again');
          socket.close();
        },
      );
    });
    socket.addEventListener('message', (message) => {
      if (this.#socket === socket) this.#receive(message.data);
    });
    // A refused connection is followed by 'close', which is where it is dealt with.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', () => {
      if (!this.#forget(socket)) return;
      // A connection lost while the engine lives is back at the first try.
      if (this.#up) {
        this.#listener?.onClosed();
        this.#connect();
        return;
      }
      void this.#judgeFailure();
      this.#connectLater();
    });
  }

  /** Gives up a connection that is of no use and tries anew; does not wait for the engine to agree. */
  reconnect(): void {
    const socket = this.#socket;
    if (socket === null || !this.#forget(socket)) return;
    socket.close();
    this.#listener?.onClosed();
    this.#connectLater();
  }

  /** False where the socket was given up before, or nobody wants another one. */
  #forget(socket: WebSocket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = null;
    this.#dropRequests();
    return !this.#stopped;
  }

  #connectLater(): void {
    this.#retry = setTimeout(() => this.#connect(), this.#options.retryMs ?? 100);
  }

  /** A port that refuses has no engine; one that only does not answer well may have a busy engine, for a while. */
  async #judgeFailure(): Promise<void> {
    this.#failedTries++;
    const gone = this.#failedTries >= PATIENT_TRIES || (await refuses(new URL(this.#options.url)));
    // It may have come back while we asked.
    if (gone && this.#failedTries > 0 && !this.#stopped) this.#listener?.onDown();
  }

  /** The filter goes with the application's end, so it is set at every connect. */
  async #prepare(): Promise<string> {
    const { application } = this.#options;
    await this.request(
      'PUT',
      `applications/${application}/eventFilter`,
      {},
      {
        disallowed: UNREAD_TYPES.map((type) => ({ type })),
      },
    );
    const info = await this.read(AriInfoSchema, 'asterisk/info', { only: 'config,status' });
    return `${info.config.name} ${info.status.startup_time}`;
  }

  #receive(data: unknown): void {
    if (typeof data !== 'string') return;
    const json = parseJson(data);
    const typed = TypedSchema.safeParse(json);
    if (!typed.success) {
      this.#malformed('message');
      return;
    }
    const { type } = typed.data;
    if (type === 'RESTResponse') {
      const response = RestResponseSchema.safeParse(json);
      if (!response.success) {
        this.#malformed(type);
        return;
      }
      const { request_id: requestId, status_code: status, message_body: body } = response.data;
      const waiting = this.#waiting.get(requestId);
      if (waiting === undefined) return;
      this.#waiting.delete(requestId);
      clearTimeout(waiting.timer);
      if (status >= 200 && status < 300) waiting.resolve(body);
      else waiting.reject(new AriError('status', 'request', status));
      return;
    }
    this.eventCount++;
    this.eventChars += data.length;
    if (!READ_TYPES.has(type)) return;
    const event = AriEventSchema.safeParse(json);
    if (event.success) this.#listener?.onEvent(event.data);
    else this.#malformed(type);
  }

  #malformed(type: string): void {
    this.#options.log.warn({ type }, 'ARI sent something of another shape than described; passed over');
  }

  #dropRequests(): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new AriError('disconnected', 'request'));
    }
    this.#waiting.clear();
  }
}

function refuses({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const settle = (refused: boolean) => {
      socket.destroy();
      resolve(refused);
    };
    socket.once('connect', () => settle(false));
    socket.once('error', (error) => settle('code' in error && error.code === 'ECONNREFUSED'));
    socket.setTimeout(1000, () => settle(false));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Keeps ids out of messages: `channels/{id}/play`. */
function shapeOf(uri: string): string {
  return uri
    .split('/')
    .map((part) => (/^[a-zA-Z]+$/.test(part) ? part : '…'))
    .join('/');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
