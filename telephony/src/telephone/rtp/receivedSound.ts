import { decodeAlaw, decodeUlaw } from '../sound/g711.ts';

export type KeptPacket = {
  /** ms since the call's start */
  readonly arrivalMs: number;
  readonly ssrc: number;
  /** Sequence number counted on beyond 16 bits. */
  readonly sequence: number;
  readonly timestamp: number;
  readonly payloadType: number;
  readonly payload: Buffer;
};

const jumpSamples = 500 * 8;
const lookAheadPackets = 25;

/**
 * Puts received packets on one time line: sample 0 is the call's start, 8 kHz, gaps are zeros. Within a stream the RTP timestamps
 * place the sound exactly; each piece as a whole stands where its least delayed packet arrived. A new piece begins with a new
 * SSRC, or where timestamps and arrival come apart by more than 500 ms at once and for good (a sender that paused or jumped). A
 * burst after a hold-up leaves the sound unbroken, and so does a busy sender that falls behind little by little: a listener hears
 * whole words then, later and later.
 */
export function placeOnTimeLine(packets: readonly KeptPacket[]): Int16Array {
  const sources = [...new Set(packets.map((packet) => packet.ssrc))];
  const pieces = sources.flatMap((ssrc) =>
    cutIntoPieces(
      packets.filter((packet) => packet.ssrc === ssrc).toSorted((a, b) => a.sequence - b.sequence),
    ),
  );
  const placed = pieces.flatMap((piece) => place(piece));
  const end = Math.max(0, ...placed.map(({ at, samples }) => at + samples.length));
  const line = new Int16Array(end);
  for (const { at, samples } of placed.toSorted((a, b) => a.at - b.at)) {
    if (at >= 0) line.set(samples, at);
    else if (samples.length > -at) line.set(samples.subarray(-at), 0);
  }
  return line;
}

type Timed = { readonly packet: KeptPacket; readonly position: number; readonly delay: number };

function cutIntoPieces(packets: readonly KeptPacket[]): readonly (readonly Timed[])[] {
  const first = packets[0];
  if (first === undefined) return [];
  const timed = packets.map((packet): Timed => {
    const position = (packet.timestamp - first.timestamp) | 0;
    return { packet, position, delay: packet.arrivalMs * 8 - position };
  });
  const pieces: Timed[][] = [];
  for (let at = 0; at < timed.length; at++) {
    const each = timed[at];
    if (each === undefined) continue;
    const ahead = Math.min(...timed.slice(at, at + lookAheadPackets).map(({ delay }) => delay));
    const current = pieces.at(-1);
    const before = current?.at(-1)?.delay ?? each.delay;
    if (current === undefined || ahead - before > jumpSamples || before - each.delay > jumpSamples) {
      pieces.push([each]);
    } else current.push(each);
  }
  return pieces;
}

function place(piece: readonly Timed[]): readonly { readonly at: number; readonly samples: Int16Array }[] {
  const delay = Math.round(Math.min(...piece.map((each) => each.delay)));
  return piece.flatMap(({ packet, position }) => {
    const samples = decodeSound(packet.payloadType, packet.payload);
    return samples === null ? [] : [{ at: position + delay, samples }];
  });
}

/** 8 kHz samples of a G.711 payload; null for any other payload type. */
export function decodeSound(payloadType: number, payload: Uint8Array): Int16Array | null {
  if (payloadType === 0) return decodeUlaw(payload);
  return payloadType === 8 ? decodeAlaw(payload) : null;
}
