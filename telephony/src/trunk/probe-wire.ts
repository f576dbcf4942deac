import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { StreamFraming } from '../telephone/sip/streamFraming.ts';
import type { ProbeResult } from './probe-result.ts';
import type { Transport } from './trunk.ts';

/** Why nothing more is to be expected. */
export type Broken = Extract<
  ProbeResult,
  {
    type:
      | 'noAnswer'
      | 'refused'
      | 'unreachable'
      | 'nameNotFound'
      | 'certificateNotTrusted'
      | 'connectionLost'
      | 'unreadable';
  }
>;

/** A way to the other side that lasts for one question and its repetitions. */
export type Wire = {
  readonly protocol: 'UDP' | 'TCP' | 'TLS';
  /** Where the other side sees us, as far as we can tell. */
  readonly host: string;
  readonly port: number;
  /** False: what is sent may be lost, and is to be sent again. */
  readonly reliable: boolean;
  send(bytes: Buffer): void;
  /** One listener; the next takes its place. */
  onMessage(listener: (bytes: Buffer) => void): void;
  onBroken(listener: (why: Broken) => void): void;
  close(): void;
};

export type WireOrder = {
  readonly host: string;
  readonly port: number;
  readonly transport: Transport;
  /** Our address, or null: whichever the machine takes. */
  readonly localAddress: string | null;
  /** PEM of the authorities that are believed; null: those that the machine knows. */
  readonly authorities: string | null;
  readonly signal: AbortSignal;
};

/** Opens a way. Gives the reason instead where there is none; 'noAnswer' when `signal` ends the attempt. */
export async function openWire(order: WireOrder): Promise<Wire | Broken> {
  try {
    // A resolver that does not answer may take longer than we wait.
    const found = await Promise.race([lookup(order.host), once(order.signal, 'abort')]);
    if (Array.isArray(found)) return { type: 'nameNotFound', host: order.host };
    const { address } = found;
    const local = order.localAddress;
    // An address of the other family, or 'any', cannot be bound for this target.
    const localAddress =
      local === null || isIP(local) !== isIP(address) || /^[0:.]+$/.test(local) ? null : local;
    const target = { ...order, address, localAddress };
    return order.transport === 'udp' ? await udpWire(target) : await streamWire(target);
  } catch (error) {
    return brokenBy(error, order.host);
  }
}

type Target = WireOrder & { readonly address: string };

async function udpWire({ address, port, localAddress, signal }: Target): Promise<Wire> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.bind(0, localAddress ?? undefined);
    await once(socket, 'listening', { signal });
    // Connected, it hears of ICMP 'port unreachable' and of nobody else's packets.
    socket.connect(port, address);
    await once(socket, 'connect', { signal });
  } catch (error) {
    socket.close();
    throw error;
  }
  const own = socket.address();
  const broken = Promise.withResolvers<Broken>();
  let listen: (bytes: Buffer) => void = () => undefined;
  socket.on('message', (bytes) => listen(bytes));
  socket.on('error', (error) => broken.resolve(brokenBy(error, address)));
  return {
    protocol: 'UDP',
    host: own.address,
    port: own.port,
    reliable: false,
    send: (bytes) =>
      socket.send(bytes, (error) => {
        if (error !== null) broken.resolve(brokenBy(error, address));
      }),
    onMessage(listener) {
      listen = listener;
    },
    onBroken: (listener) => void broken.promise.then(listener),
    close: () => socket.close(),
  };
}

async function streamWire(target: Target): Promise<Wire | Broken> {
  const { address, port, host, localAddress, authorities, signal, transport } = target;
  const to = { host: address, port, ...(localAddress === null ? {} : { localAddress }) };
  const socket =
    transport === 'tcp'
      ? connectTcp(to)
      : connectTls({
          ...to,
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ...(authorities === null ? {} : { ca: authorities }),
          // Judged below, before anything is sent: the reason is wanted, not the exception.
          rejectUnauthorized: false,
        });
  try {
    await once(socket, transport === 'tcp' ? 'connect' : 'secureConnect', { signal });
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    throw error;
  }
  if (socket instanceof TLSSocket && !socket.authorized) {
    socket.destroy();
    const { authorizationError } = socket;
    return { type: 'certificateNotTrusted', reason: String(authorizationError ?? 'unknown') };
  }
  return wireOf(socket, transport === 'tcp' ? 'TCP' : 'TLS', host);
}

function wireOf(socket: Socket, protocol: 'TCP' | 'TLS', host: string): Wire {
  const broken = Promise.withResolvers<Broken>();
  const framing = new StreamFraming();
  let listen: (bytes: Buffer) => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const bytes of framing.push(chunk)) listen(bytes);
    } catch {
      broken.resolve({ type: 'unreadable' });
    }
  });
  socket.on('error', (error) => broken.resolve(brokenBy(error, host)));
  socket.on('close', () => broken.resolve({ type: 'connectionLost' }));
  return {
    protocol,
    host: socket.localAddress ?? '0.0.0.0',
    port: socket.localPort ?? 0,
    reliable: true,
    send: (bytes) => void socket.write(bytes),
    onMessage(listener) {
      listen = listener;
    },
    onBroken: (listener) => void broken.promise.then(listener),
    close: () => void socket.destroy(),
  };
}

function brokenBy(error: unknown, host: string): Broken {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ABORT_ERR':
    case 'ETIMEDOUT':
      return { type: 'noAnswer' };
    case 'ECONNREFUSED':
      return { type: 'refused' };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { type: 'nameNotFound', host };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
    case 'EACCES':
      return { type: 'unreachable' };
    default:
      return { type: 'connectionLost' };
  }
}
