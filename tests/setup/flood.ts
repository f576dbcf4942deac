import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A process that sends datagrams to a port of this machine, at most as many a second as it is told and for so long: `flood.ts <port>
 * <kind> <packets a second> <ms>`. A process of its own, so that who judges is not kept from listening. Writes how many went out.
 *
 * - `noise`: bytes of no kind
 * - `sound`: RTP of another source (RFC 3550), 20 ms of PCMU each, in order
 */
const [port, kind, perSecond, durationMs] = process.argv.slice(2);
const socket = createSocket('udp4');
socket.bind(0, '127.0.0.1');
await once(socket, 'listening');
socket.connect(Number(port), '127.0.0.1');
await once(socket, 'connect');
// A port that was closed meanwhile refuses: that is the other side's matter.
socket.on('error', () => undefined);

const TURN_MS = 5;
const packet = randomBytes(172);
const beganMs = performance.now();
let sent = 0;
while (performance.now() - beganMs < Number(durationMs)) {
  const due = Math.floor(((performance.now() - beganMs) / 1_000) * Number(perSecond));
  // What a held-up process did not send in time it never sends: the rate is the most, never exceeded by catching up.
  const now = Math.min(due - sent, Math.ceil((Number(perSecond) * TURN_MS * 4) / 1_000));
  for (let at = 0; at < now; at++) {
    const bytes = kind === 'noise' ? randomBytes(172) : Buffer.from(packet);
    if (kind === 'sound') {
      bytes.writeUInt16BE(0x8000, 0);
      bytes.writeUInt16BE((sent + at) & 0xffff, 2);
      bytes.writeUInt32BE(((sent + at) * 160) >>> 0, 4);
    }
    socket.send(bytes);
  }
  sent += now;
  await pause(TURN_MS);
}
console.log(sent);
socket.close();
