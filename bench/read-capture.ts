import { createReadStream } from 'node:fs';

/** A UDP datagram over IPv4. */
export type CapturedDatagram = {
  /** The kernel's wall time, ms since the epoch. */
  readonly atEpochMs: number;
  /** `address:port`. */
  readonly from: string;
  readonly toPort: number;
  /** A view that is good until the next one is read. */
  readonly payload: Buffer;
};

const FILE_HEADER_BYTES = 24;
const PACKET_HEADER_BYTES = 16;
/** Little-endian, with nanoseconds. */
const MAGIC = 0xa1b23c4d;
const ETHERNET = 1;
const ETHERNET_BYTES = 14;
const IPV4 = 0x0800;
const UDP = 17;
const UDP_BYTES = 8;

/**
 * Reads a file of `tcpdump --time-stamp-precision=nano -w` from Ethernet or the loopback interface in one pass, its datagrams in the order
 * in which they came. Rejects where it is no such file, breaks off, or holds a packet that was cut short: nothing is left out in silence.
 */
export async function readCapture(
  path: string,
  onDatagram: (datagram: CapturedDatagram) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = Buffer.concat([rest, chunk]);
    let at = 0;
    if (!begun && bytes.length >= FILE_HEADER_BYTES) {
      checkFileHeader(bytes);
      begun = true;
      at = FILE_HEADER_BYTES;
    }
    while (begun && bytes.length >= at + PACKET_HEADER_BYTES) {
      const begin = at + PACKET_HEADER_BYTES;
      const end = begin + bytes.readUInt32LE(at + 8);
      if (end > bytes.length) break;
      if (end - begin < bytes.readUInt32LE(at + 12)) throw new Error('capture: a packet was cut short');
      const atEpochMs = bytes.readUInt32LE(at) * 1_000 + bytes.readUInt32LE(at + 4) / 1e6;
      const datagram = datagramIn(bytes.subarray(begin, end), atEpochMs);
      if (datagram !== null) onDatagram(datagram);
      at = end;
    }
    rest = bytes.subarray(at);
  }
  if (!begun || rest.length > 0) throw new Error('capture: the file breaks off');
}

function checkFileHeader(bytes: Buffer): void {
  if (bytes.readUInt32LE(0) !== MAGIC) throw new Error('capture: no little-endian pcap with nanoseconds');
  const linkType = bytes.readUInt32LE(20);
  if (linkType !== ETHERNET) throw new Error(`capture: link type ${linkType} instead of Ethernet`);
}

/** Null for what is no whole UDP datagram over IPv4. */
function datagramIn(frame: Buffer, atEpochMs: number): CapturedDatagram | null {
  if (frame.length < ETHERNET_BYTES + 20 + UDP_BYTES || frame.readUInt16BE(12) !== IPV4) return null;
  const ip = frame.subarray(ETHERNET_BYTES);
  const isFragment = (ip.readUInt16BE(6) & 0x3fff) !== 0;
  const udpAt = ((ip[0] ?? 0) & 0x0f) * 4;
  if (ip[9] !== UDP || isFragment || ip.length < udpAt + UDP_BYTES) return null;
  const udp = ip.subarray(udpAt);
  return {
    atEpochMs,
    from: `${ip[12]}.${ip[13]}.${ip[14]}.${ip[15]}:${udp.readUInt16BE(0)}`,
    toPort: udp.readUInt16BE(2),
    payload: udp.subarray(UDP_BYTES, udp.readUInt16BE(4)),
  };
}
