import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the ports that Linux gives to those who ask for any (32768 on), and below the ranges for RTP. */
const FIRST = 10_000;
const COUNT = 9_000;

let next = Math.floor(Math.random() * COUNT);

/**
 * A port of the loopback interface that is free for TCP and UDP, for a program that binds it later. No other process that asks here
 * gets the same one while this process lives: two engines may share a UDP port on Linux, and then one of them gets the other's calls.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + (next++ % COUNT);
    if ((await isFree(port)) && (await reserve(port))) return port;
  }
  throw new Error('no free loopback port found');
}

/** Holds a socket without a file (Linux: abstract) of the port's name; the kernel lets go of it when this process ends. */
function reserve(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const lock = createServer();
    lock.once('error', () => resolve(false));
    lock.listen({ path: `\0madoguchi-port-${port}` }, () => {
      lock.unref();
      resolve(true);
    });
  });
}

async function isFree(port: number): Promise<boolean> {
  const tcp = createServer();
  const tcpFree = await new Promise<boolean>((resolve) => {
    tcp.once('error', () => resolve(false));
    tcp.listen(port, '127.0.0.1', () => tcp.close(() => resolve(true)));
  });
  if (!tcpFree) return false;
  const udp = createSocket('udp4');
  return await new Promise<boolean>((resolve) => {
    udp.once('error', () => resolve(false));
    udp.bind(port, '127.0.0.1', () => udp.close(() => resolve(true)));
  });
}
