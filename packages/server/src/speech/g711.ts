/** G.711 as Asterisk plays it: headerless, 8 kHz, one byte a sample. Source: ITU-T Recommendation G.711. */

const MU_LAW_BIAS = 132;
const MU_LAW_CLIP = 32_635;
const A_LAW_CLIP = 32_767;

function segmentOf(magnitude: number, lowest: number): number {
  return Math.max(0, 31 - Math.clz32(magnitude) - lowest);
}

function muLawByte(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), MU_LAW_CLIP) + MU_LAW_BIAS;
  const segment = segmentOf(magnitude, 7);
  return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
}

function aLawByte(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, A_LAW_CLIP);
  const segment = segmentOf(magnitude, 7);
  const mantissa = segment === 0 ? (magnitude >> 4) & 0x0f : (magnitude >> (segment + 3)) & 0x0f;
  return (sign | (segment << 4) | mantissa) ^ 0x55;
}

function muLawSample(byte: number): number {
  const inverted = ~byte & 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + MU_LAW_BIAS) << ((inverted >> 4) & 0x07)) - MU_LAW_BIAS;
  return (inverted & 0x80) !== 0 ? -magnitude : magnitude;
}

/** 16-bit samples → µ-law bytes. */
export function encodeMuLaw(samples: Int16Array): Buffer {
  return Buffer.from(Uint8Array.from(samples, muLawByte));
}

/** 16-bit samples → A-law bytes (even bits inverted). */
export function encodeALaw(samples: Int16Array): Buffer {
  return Buffer.from(Uint8Array.from(samples, aLawByte));
}

/** µ-law bytes → 16-bit samples. */
export function decodeMuLaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, muLawSample);
}
