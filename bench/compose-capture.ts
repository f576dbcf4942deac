/** A UDP datagram on the loopback interface as a test writes it into a capture. */
export type ComposedPacket = {
  readonly atEpochMs: number;
  readonly fromPort: number;
  readonly toPort: number;
  readonly payload: Buffer;
};

/** What `tcpdump --time-stamp-precision=nano -i lo -w` would have written. */
export function captureFile(packets: readonly ComposedPacket[], linkType = 1): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b23c4d, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(512, 16);
  header.writeUInt32LE(linkType, 20);
  return Buffer.concat([header, ...packets.map(capturedPacket)]);
}

/** PCMU: sequence number and timestamp count on from 0. */
export function rtpPacket(at: number, sound: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header.writeUInt16BE(at, 2);
  header.writeUInt32BE(at * 160, 4);
  header.writeUInt32BE(0x1234_5678, 8);
  return Buffer.concat([header, sound]);
}

function capturedPacket({ atEpochMs, fromPort, toPort, payload }: ComposedPacket): Buffer {
  const udpBytes = 8 + payload.length;
  const frame = Buffer.alloc(14 + 20 + udpBytes);
  frame.writeUInt16BE(0x0800, 12);
  frame[14] = 0x45;
  frame.writeUInt16BE(20 + udpBytes, 16);
  frame.writeUInt16BE(0x4000, 20);
  frame[22] = 64;
  frame[23] = 17;
  frame.set([127, 0, 0, 1, 127, 0, 0, 1], 26);
  frame.writeUInt16BE(fromPort, 34);
  frame.writeUInt16BE(toPort, 36);
  frame.writeUInt16BE(udpBytes, 38);
  payload.copy(frame, 42);
  const header = Buffer.alloc(16);
  const seconds = Math.floor(atEpochMs / 1_000);
  header.writeUInt32LE(seconds, 0);
  header.writeUInt32LE(Math.round((atEpochMs - seconds * 1_000) * 1e6), 4);
  header.writeUInt32LE(frame.length, 8);
  header.writeUInt32LE(frame.length, 12);
  return Buffer.concat([header, frame]);
}
