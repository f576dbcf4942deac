/** ITU-T G.711: 16-bit linear samples at 8 kHz ↔ one byte each. Tables are computed once. */

const ulawToLinear = Int16Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return (code & 0x80) === 0 ? magnitude : -magnitude;
});

const alawToLinear = Int16Array.from({ length: 256 }, (_, byte) => {
  const code = byte ^ 0x55;
  const segment = (code & 0x70) >> 4;
  const step = ((code & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (code & 0x80) === 0 ? -magnitude : magnitude;
});

const linearToUlaw = encodingTable((sample) => {
  const sign = sample < 0 ? 0x80 : 0;
  const biased = Math.min(Math.abs(sample), 32635) + 0x84;
  const segment = Math.floor(Math.log2(biased)) - 7;
  return ~(sign | (segment << 4) | ((biased >> (segment + 3)) & 0x0f)) & 0xff;
});

const linearToAlaw = encodingTable((sample) => {
  const positive = sample >= 0;
  const magnitude = Math.min(positive ? sample : -sample - 1, 32767);
  const segment = magnitude < 256 ? 0 : Math.floor(Math.log2(magnitude)) - 7;
  const code = (segment << 4) | ((magnitude >> (segment === 0 ? 4 : segment + 3)) & 0x0f);
  return (code | (positive ? 0x80 : 0)) ^ 0x55;
});

function encodingTable(encode: (sample: number) => number): Uint8Array {
  return Uint8Array.from({ length: 65536 }, (_, index) => encode(index - 32768));
}

export function encodeUlaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => linearToUlaw[sample + 32768] ?? 0xff);
}

export function encodeAlaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => linearToAlaw[sample + 32768] ?? 0xd5);
}

export function decodeUlaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) samples[at] = ulawToLinear[bytes[at] ?? 0xff] ?? 0;
  return samples;
}

export function decodeAlaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) samples[at] = alawToLinear[bytes[at] ?? 0xd5] ?? 0;
  return samples;
}
