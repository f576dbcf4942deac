import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOCKET = '.s.PGSQL.5432';

/** For tests: a way to the PostgreSQL of `url` (Unix socket) on which it can fall silent: nothing is refused, nothing is answered. */
export async function silentPostgres(url: string) {
  const far = new URL(url.replace('@/', '@socket/')).searchParams.get('host');
  if (far === null) throw new Error('the test PostgreSQL has no Unix socket');
  const folder = await mkdtemp(join(tmpdir(), 'silent-'));
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    const there = connect(join(far, SOCKET));
    for (const socket of [near, there]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(there).pipe(near);
    if (silent) for (const socket of [near, there]) socket.pause();
  }).listen(join(folder, SOCKET));
  await once(server, 'listening');
  return {
    url: url.replace(/host=[^&]+/, `host=${encodeURIComponent(folder)}`),
    fallSilent() {
      silent = true;
      for (const socket of sockets) socket.pause();
    },
    speak() {
      silent = false;
      for (const socket of sockets) socket.resume();
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
      await rm(folder, { recursive: true });
    },
  };
}
