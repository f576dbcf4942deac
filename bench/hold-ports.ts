import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { HeldPortsSchema } from './held-ports.ts';

/** A thread that binds its ports, tells its parent, and stands still from then on: Node cannot hold a socket without reading it otherwise. */
const { address, first, last } = HeldPortsSchema.parse(workerData);
for (let port = first; port <= last; port++) {
  // The least buffer that there is: what is never read need not be kept.
  const socket = createSocket({ type: 'udp4', reuseAddr: true, recvBufferSize: 1 });
  const listening = once(socket, 'listening');
  socket.bind(port, address);
  await listening;
}
parentPort?.postMessage('held');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
