import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * For tests: a way to a port of this machine that can be cut and mended. The first connection may swallow what comes after so many pieces
 * from the near side, as a network does that lost its way.
 */
export async function cuttable(
  toPort: number,
  {
    firstSwallowsAfterPieces = Number.POSITIVE_INFINITY,
  }: { readonly firstSwallowsAfterPieces?: number } = {},
) {
  const sockets = new Set<Socket>();
  const nears = new Set<Socket>();
  let open = true;
  let connections = 0;
  const server = createServer((near) => {
    if (!open) {
      near.destroy();
      return;
    }
    const far = connect(toPort, '127.0.0.1');
    nears.add(near);
    near.on('close', () => nears.delete(near));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    const most = connections++ === 0 ? firstSwallowsAfterPieces : Number.POSITIVE_INFINITY;
    let pieces = 0;
    near.on('data', (piece) => {
      if (pieces++ < most) far.write(piece);
    });
    near.on('end', () => far.end());
    far.pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('a TCP server without a port');
  return {
    port: bound.port,
    cut() {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    /** Cuts the near half only: what the far side says is lost, and it does not notice. */
    lose() {
      open = false;
      for (const socket of nears) socket.destroy();
    },
    mend() {
      open = true;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
