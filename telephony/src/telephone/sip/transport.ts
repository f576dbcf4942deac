import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { StreamFraming } from './streamFraming.ts';

/** Where a message came from or shall go; `connection` is the TCP connection it came on. */
export type SipPeer = { readonly host: string; readonly port: number; readonly connection?: Socket };

/** A listening point of one protocol. */
export interface SipTransport {
  readonly protocol: 'UDP' | 'TCP';
  readonly host: string;
  readonly port: number;
  /** `failed` is called when the bytes certainly do not arrive (refused, reset). */
  send(peer: SipPeer, bytes: Buffer, failed: () => void): void;
  close(): Promise<void>;
}

export type SipReceiver = {
  message(bytes: Buffer, from: SipPeer): void;
  /** Something that is no SIP, or a connection that broke; for the record only. */
  fault(what: string): void;
};

/** Listens on UDP; `port` 0 takes a free one. Rejects where the address cannot be bound. */
export async function openUdp(host: string, port: number, receiver: SipReceiver): Promise<SipTransport> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4 << 20 });
  const listening = once(socket, 'listening');
  socket.bind(port, host);
  await listening;
  socket.on('message', (bytes, from) => receiver.message(bytes, { host: from.address, port: from.port }));
  socket.on('error', () => receiver.fault('UDP socket'));
  let open = true;
  return {
    protocol: 'UDP',
    host,
    port: socket.address().port,
    send(peer, bytes, failed) {
      if (!open) return failed();
      socket.send(bytes, peer.port, peer.host, (error) => {
        if (error !== null) failed();
      });
    },
    async close() {
      if (!open) return;
      open = false;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** Listens on TCP; `port` 0 takes a free one. One connection is kept per peer and used both ways. */
export async function openTcp(host: string, port: number, receiver: SipReceiver): Promise<SipTransport> {
  const connections = new Map<string, Socket>();
  const all = new Set<Socket>();
  let open = true;

  function adopt(socket: Socket, key: string, peer: { host: string; port: number }): void {
    const framing = new StreamFraming();
    connections.set(key, socket);
    all.add(socket);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      try {
        for (const bytes of framing.push(chunk)) receiver.message(bytes, { ...peer, connection: socket });
      } catch (error) {
        receiver.fault(error instanceof Error ? error.message : 'stream');
        socket.destroy();
      }
    });
    socket.on('error', () => receiver.fault('TCP connection'));
    socket.on('close', () => {
      all.delete(socket);
      if (connections.get(key) === socket) connections.delete(key);
    });
  }

  const server: Server = createServer((socket) => {
    const peer = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    adopt(socket, `${peer.host}:${peer.port}`, peer);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const boundPort = address !== null && typeof address === 'object' ? address.port : port;

  return {
    protocol: 'TCP',
    host,
    port: boundPort,
    send(peer, bytes, failed) {
      if (!open) return failed();
      const key = `${peer.host}:${peer.port}`;
      let socket = peer.connection?.writable === true ? peer.connection : connections.get(key);
      if (socket === undefined || socket.destroyed || !socket.writable) {
        socket = connect({ host: peer.host, port: peer.port, localAddress: host });
        adopt(socket, key, { host: peer.host, port: peer.port });
      }
      socket.write(bytes, (error) => {
        if (error !== null && error !== undefined) failed();
      });
    },
    async close() {
      if (!open) return;
      open = false;
      const closed = once(server, 'close');
      server.close();
      for (const socket of all) socket.destroySoon();
      await closed;
    },
  };
}
