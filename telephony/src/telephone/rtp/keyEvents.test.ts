import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { machineClock } from '../clock.ts';
import { RtpSender } from './sender.ts';

/** Sends by hand, tick by tick, and gives what came out on the wire. */
async function wire(ticks: number, keys: readonly string[]): Promise<readonly Buffer[]> {
  const receiver = createSocket('udp4');
  receiver.bind(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { promise, resolve } = Promise.withResolvers<void>();
  const packets: Buffer[] = [];
  receiver.on('message', (bytes) => {
    packets.push(bytes);
    if (packets.length === ticks) resolve();
  });
  const socket = createSocket('udp4');
  const sender = new RtpSender(socket, machineClock, 0);
  const { port } = receiver.address();
  sender.agree({ host: '127.0.0.1', port, codec: 'PCMU', keyPayloadType: 97, maySend: true });
  const pressed = Promise.all(keys.map((key) => sender.press(key === '#' ? '#' : '5')));
  for (let tick = 0; tick < ticks; tick++) sender.send();
  await promise;
  await pressed;
  receiver.close();
  socket.close();
  return packets;
}

test('a key is sent as RFC 4733 says, byte by byte', async () => {
  const packets = await wire(8, ['5']);
  const events = packets.slice(0, 7);
  const payloads = events.map((packet) => packet.subarray(12).toString('hex'));
  // event 5, volume 10, durations of 20 ms each (160 = 0x00a0) up to 100 ms (800 = 0x0320), end bit 0x80, three times.
  expect(payloads).toEqual([
    '050a00a0',
    '050a0140',
    '050a01e0',
    '050a0280',
    '058a0320',
    '058a0320',
    '058a0320',
  ]);
  // V=2; marker bit on the first only, then the agreed payload type 97.
  expect(events.map((packet) => packet.subarray(0, 2).toString('hex'))).toEqual([
    '80e1',
    ...Array(6).fill('8061'),
  ]);
  expect(new Set(events.map((packet) => packet.readUInt32BE(4))).size).toBe(1);
  const sequences = packets.map((packet) => packet.readUInt16BE(2));
  expect(sequences.map((each) => (each - (sequences[0] ?? 0)) & 0xffff)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  // Sound goes on where it would be without the key, with the marker bit of a new talk spurt.
  const sound = packets[7];
  expect(sound?.subarray(0, 2).toString('hex')).toBe('8080');
  expect(((sound?.readUInt32BE(4) ?? 0) - (events[0]?.readUInt32BE(4) ?? 0)) >>> 0).toBe(7 * 160);
});

test('between two keys lies the pause that was asked for, and # is event 11', async () => {
  const packets = await wire(18, ['5', '#']);
  const events = packets.map((packet) => ((packet[1] ?? 0) & 0x7f) === 97);
  expect(events).toEqual([
    ...Array(7).fill(true), // 100 ms of key, of which the two repeated ends are rest already
    ...Array(3).fill(false), // 100 ms of rest in all
    ...Array(7).fill(true),
    false,
  ]);
  expect(packets[10]?.[12]).toBe(11);
});
