import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { HttpsSettings } from './settings.ts';

export type Exchange =
  | { readonly type: 'reply'; readonly status: number; readonly body: string }
  /** No connection, or one that we do not trust: not an octet of the request left. */
  | { readonly type: 'notSent' }
  /** The request may have arrived, and no whole reply did. */
  | { readonly type: 'noReply' };

type Request = {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
};
type Timeouts = Pick<HttpsSettings, 'ca' | 'connectTimeoutMs' | 'responseTimeoutMs'>;

const longestReplyOctets = 1_000_000;

/**
 * One HTTPS request on a connection of its own, made before and apart from the request: so it is certain whether anything was sent,
 * which a connection kept from an earlier request would leave open. The certificate is always checked. Never rejects.
 */
export async function exchange(request: Request, settings: Timeouts): Promise<Exchange> {
  let socket: TLSSocket;
  try {
    socket = await openTls(request.url, settings);
  } catch {
    return { type: 'notSent' };
  }
  try {
    const { status, body } = await ask(socket, request, settings.responseTimeoutMs);
    return { type: 'reply', status, body };
  } catch {
    return { type: 'noReply' };
  } finally {
    socket.destroy();
  }
}

/** Whether the gateway lets itself be reached and trusted. */
export async function canReach(url: URL, settings: Timeouts): Promise<boolean> {
  try {
    const socket = await openTls(url, settings);
    socket.destroy();
    return true;
  } catch {
    return false;
  }
}

function openTls(url: URL, { ca, connectTimeoutMs }: Timeouts): Promise<TLSSocket> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: url.port === '' ? 443 : Number(url.port),
      ALPNProtocols: ['http/1.1'],
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
    });
    const timer = setTimeout(() => socket.destroy(new Error('no connection in time')), connectTimeoutMs);
    // Stays: a late error of a socket that nobody waits for any more has nobody else to tell.
    socket.on('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      reject(new Error('closed'));
    });
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

function ask(
  socket: TLSSocket,
  { url, method, headers, body }: Request,
  timeoutMs: number,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    socket.once('close', () => fail(new Error('closed')));
    const outgoing = httpRequest(
      {
        createConnection: () => socket,
        method,
        host: url.hostname,
        path: `${url.pathname}${url.search}`,
        headers: {
          ...headers,
          host: url.host,
          connection: 'close',
          ...(body === null ? {} : { 'content-length': String(body.length) }),
        },
      },
      (reply) => {
        readWhole(reply).then((text) => {
          clearTimeout(timer);
          resolve({ status: reply.statusCode ?? 0, body: text });
        }, fail);
      },
    );
    outgoing.on('error', fail);
    outgoing.end(body ?? undefined);
  });
}

async function readWhole(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of reply) {
    const bytes = Buffer.from(chunk);
    octets += bytes.length;
    if (octets > longestReplyOctets) throw new Error('the reply is too long');
    chunks.push(bytes);
  }
  if (!reply.complete) throw new Error('the reply was cut off');
  return Buffer.concat(chunks).toString('utf8');
}
