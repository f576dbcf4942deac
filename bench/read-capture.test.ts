import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whatIsMissing } from './capture.ts';
import { captureFile } from './compose-capture.ts';
import { type CapturedDatagram, readCapture } from './read-capture.ts';

const PACKET = { atEpochMs: 1_800_000_000_123.5, fromPort: 24_000, toPort: 28_000 };

async function read(file: Buffer): Promise<readonly CapturedDatagram[]> {
  const folder = await mkdtemp(join(tmpdir(), 'read-capture-'));
  try {
    const path = join(folder, 'round.pcap');
    await writeFile(path, file);
    const datagrams: CapturedDatagram[] = [];
    await readCapture(path, (each) => datagrams.push({ ...each, payload: Buffer.from(each.payload) }));
    return datagrams;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('datagrams are read with the times, ports and contents that were captured, beyond what is read at once', async () => {
  const packets = Array.from({ length: 9_000 }, (_, at) => ({
    ...PACKET,
    atEpochMs: PACKET.atEpochMs + at,
    payload: Buffer.alloc(172, at % 256),
  }));
  const datagrams = await read(captureFile(packets));
  expect(datagrams).toHaveLength(9_000);
  expect(datagrams.at(-1)).toEqual({
    atEpochMs: PACKET.atEpochMs + 8_999,
    from: '127.0.0.1:24000',
    toPort: 28_000,
    payload: Buffer.alloc(172, 8_999 % 256),
  });
});

test('what is no UDP over IPv4 is passed over', async () => {
  const file = captureFile([{ ...PACKET, payload: Buffer.alloc(10) }]);
  const tcp = Buffer.from(file);
  tcp[24 + 16 + 23] = 6;
  expect(await read(tcp)).toEqual([]);
  expect(await read(file)).toHaveLength(1);
});

test('a file that breaks off, was cut short, or is something else is not taken for a whole one', async () => {
  const file = captureFile([{ ...PACKET, payload: Buffer.alloc(172) }]);
  await expect(read(file.subarray(0, -1))).rejects.toThrow('breaks off');
  await expect(read(Buffer.alloc(0))).rejects.toThrow('breaks off');
  await expect(read(Buffer.alloc(100))).rejects.toThrow('no little-endian pcap');
  await expect(read(captureFile([], 113))).rejects.toThrow('link type 113');
  const cut = Buffer.from(file);
  cut.writeUInt32LE(2_000, 24 + 12);
  await expect(read(cut)).rejects.toThrow('cut short');
});

test('a capture in which a packet may be missing is told from a whole one', () => {
  const said = (captured: number, filtered: number, dropped: number) =>
    `tcpdump: listening on lo\n${captured} packets captured\n${filtered} packets received by filter\n${dropped} packets dropped by kernel\n`;
  expect(whatIsMissing(said(1_000, 2_000, 0))).toBeNull();
  expect(whatIsMissing(said(1_000, 2_000, 3))).toContain('3 packets dropped');
  expect(whatIsMissing(said(990, 2_000, 0))).toContain('990 packets captured');
  expect(whatIsMissing('tcpdump: /dev/shm/x: No space left on device\n')).toContain('No space left');
});
