export type RtpPacket = {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** A view into the received bytes. */
  readonly payload: Buffer;
};

export const headerBytes = 12;

/** Writes the fixed header of RFC 3550 section 5.1 (no padding, extension or CSRC). */
export function writeRtpHeader(
  into: Buffer,
  header: { payloadType: number; marker: boolean; sequence: number; timestamp: number; ssrc: number },
): void {
  into[0] = 0x80;
  into[1] = header.payloadType | (header.marker ? 0x80 : 0);
  into.writeUInt16BE(header.sequence, 2);
  into.writeUInt32BE(header.timestamp, 4);
  into.writeUInt32BE(header.ssrc, 8);
}

/** Reads an RTP packet; null for RTCP (RFC 5761 section 4) and for what is no RTP. */
export function readRtpPacket(bytes: Buffer): RtpPacket | null {
  const first = bytes[0];
  const second = bytes[1];
  if (first === undefined || second === undefined || bytes.length < headerBytes || first >> 6 !== 2)
    return null;
  if (second >= 192 && second <= 223) return null;
  let begin = headerBytes + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (bytes.length < begin + 4) return null;
    begin += 4 + bytes.readUInt16BE(begin + 2) * 4;
  }
  const padding = (first & 0x20) === 0 ? 0 : (bytes.at(-1) ?? 0);
  const end = bytes.length - padding;
  if (end < begin) return null;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(begin, end),
  };
}
