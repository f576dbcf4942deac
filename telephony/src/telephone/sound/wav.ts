import { TelephoneError } from '../telephoneError.ts';
import { decodeAlaw, decodeUlaw } from './g711.ts';

export type WavSound = { readonly sampleRateHz: number; readonly channels: readonly Int16Array[] };

/** A RIFF/WAVE file of 16-bit PCM; shorter channels are filled with silence. */
export function writeWav(sound: WavSound): Buffer {
  const { channels, sampleRateHz } = sound;
  const frames = Math.max(0, ...channels.map((channel) => channel.length));
  const width = channels.length * 2;
  const file = Buffer.alloc(44 + frames * width);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRateHz, 24);
  file.writeUInt32LE(sampleRateHz * width, 28);
  file.writeUInt16LE(width, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(frames * width, 40);
  channels.forEach((channel, number) => {
    for (let at = 0; at < channel.length; at++)
      file.writeInt16LE(channel[at] ?? 0, 44 + at * width + number * 2);
  });
  return file;
}

/**
 * Reads 16-bit PCM, A-law (format 6) and µ-law (7). A data chunk whose length was never filled in (a writer that was killed)
 * reaches to the end of the file.
 * @throws TelephoneError WAV_SYNTAX
 */
export function readWav(file: Buffer): WavSound {
  if (
    file.length < 12 ||
    file.toString('latin1', 0, 4) !== 'RIFF' ||
    file.toString('latin1', 8, 12) !== 'WAVE'
  ) {
    throw new TelephoneError('WAV_SYNTAX', 'not a RIFF/WAVE file');
  }
  let format: { code: number; channels: number; rate: number; bits: number } | null = null;
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === 'fmt ' && body + 16 <= file.length) {
      const code = file.readUInt16LE(body);
      format = {
        code: code === 0xfffe && body + 26 <= file.length ? file.readUInt16LE(body + 24) : code,
        channels: file.readUInt16LE(body + 2),
        rate: file.readUInt32LE(body + 4),
        bits: file.readUInt16LE(body + 14),
      };
    } else if (id === 'data' && format !== null) {
      const end = length === 0 || body + length > file.length ? file.length : body + length;
      return {
        sampleRateHz: format.rate,
        channels: separate(decode(file.subarray(body, end), format), format.channels),
      };
    }
    at = body + length + (length & 1);
  }
  throw new TelephoneError('WAV_SYNTAX', 'no sound in the file');
}

function decode(data: Buffer, format: { code: number; bits: number }): Int16Array {
  if (format.code === 7) return decodeUlaw(data);
  if (format.code === 6) return decodeAlaw(data);
  if (format.code !== 1 || format.bits !== 16)
    throw new TelephoneError('WAV_SYNTAX', 'neither 16-bit PCM nor G.711');
  return Int16Array.from({ length: data.length >> 1 }, (_, at) => data.readInt16LE(at * 2));
}

function separate(samples: Int16Array, channels: number): readonly Int16Array[] {
  if (channels < 1) throw new TelephoneError('WAV_SYNTAX', 'no channel');
  const frames = Math.floor(samples.length / channels);
  return Array.from({ length: channels }, (_, channel) =>
    Int16Array.from({ length: frames }, (__, at) => samples[at * channels + channel] ?? 0),
  );
}
