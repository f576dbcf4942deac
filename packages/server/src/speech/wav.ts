import { TELEPHONE_SAMPLE_RATE_HZ } from './loudness.ts';

const HEADER_BYTES = 44;

/** 8 kHz mono 16-bit samples as a WAV file. */
export function wavOf(samples: Int16Array): Buffer {
  const dataBytes = samples.length * 2;
  const wav = Buffer.alloc(HEADER_BYTES + dataBytes);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(TELEPHONE_SAMPLE_RATE_HZ, 24);
  wav.writeUInt32LE(TELEPHONE_SAMPLE_RATE_HZ * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(dataBytes, 40);
  samples.forEach((sample, at) => {
    wav.writeInt16LE(sample, HEADER_BYTES + at * 2);
  });
  return wav;
}

/**
 * Whether a WAV file ends before the sound that its header promises. Recorders that stream write 0 or the largest
 * number for a length they do not know yet; those promise nothing.
 */
export function isTruncatedWav(file: Buffer): boolean {
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    if (file.toString('latin1', at, at + 4) === 'data') {
      return size !== 0 && size < 0xffff_fff0 && at + 8 + size > file.length;
    }
    at += 8 + size + (size % 2);
  }
  return true;
}
