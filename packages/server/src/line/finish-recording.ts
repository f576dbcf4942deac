import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const SAMPLES_PER_SECOND = 8000;
const BYTES_PER_SAMPLE = 2;
const HEADER_BYTES = 44;
const CHUNK_BYTES = 1 << 16;
/** Asterisk closes a recording some moments after it has told of the end. */
const SETTLE_MS = 400;

/**
 * - `nothingRecorded`: there is no file, neither raw nor finished, or the raw one is empty: what a full disk leaves. It is taken away.
 * - `unreadable`: it cannot be read or written now (`cause`); the raw file stays, so trying again later may help.
 */
export type RecordingErrorCode = 'nothingRecorded' | 'unreadable';

export class RecordingError extends Error {
  readonly code: RecordingErrorCode;

  constructor(code: RecordingErrorCode, cause?: unknown) {
    super(`a recording cannot be finished: ${code}`, { cause });
    this.name = 'RecordingError';
    this.code = code;
  }
}

/**
 * Makes `path.wav` (8 kHz, 16 bit, caller left, staff right) of what a transfer recorded as `path.raw`, also where a crash
 * cut that off in the middle of a sample. The raw file goes when the other lies there whole. Safe to repeat.
 *
 * @param path absolute, without ending
 * @throws RecordingError
 */
export function finishTransferRecording(path: string): Promise<{ readonly durationMs: number }> {
  return finish({ from: `${path}.raw`, to: `${path}.wav`, channels: 2 });
}

/** As `finishTransferRecording`, mono, of a voicemail's `path.sln`. */
export function finishVoicemailRecording(path: string): Promise<{ readonly durationMs: number }> {
  return finish({ from: `${path}.sln`, to: `${path}.wav`, channels: 1 });
}

async function finish(file: {
  readonly from: string;
  readonly to: string;
  readonly channels: 1 | 2;
}): Promise<{ durationMs: number }> {
  const frameBytes = file.channels * BYTES_PER_SAMPLE;
  try {
    let size = await sizeOf(file.from);
    if (size === null) {
      const finished = await sizeOf(file.to);
      if (finished === null) throw new RecordingError('nothingRecorded');
      return { durationMs: durationOf(finished - HEADER_BYTES, frameBytes) };
    }
    for (;;) {
      await pause(SETTLE_MS);
      const later: number | null = await sizeOf(file.from);
      if (later === size) break;
      size = later ?? size;
    }
    const dataBytes = size - (size % frameBytes);
    if (dataBytes === 0) {
      await rm(file.from);
      throw new RecordingError('nothingRecorded');
    }
    await convert(file, dataBytes);
    return { durationMs: durationOf(dataBytes, frameBytes) };
  } catch (error) {
    throw error instanceof RecordingError ? error : new RecordingError('unreadable', error);
  }
}

async function convert(
  file: { from: string; to: string; channels: 1 | 2 },
  dataBytes: number,
): Promise<void> {
  const partial = `${file.to}.part`;
  const source = await open(file.from, 'r');
  try {
    const target = await open(partial, 'w', 0o600);
    try {
      await target.write(wavHeader(dataBytes, file.channels));
      const chunk = Buffer.alloc(CHUNK_BYTES);
      for (let done = 0; done < dataBytes; ) {
        const { bytesRead } = await source.read(chunk, 0, Math.min(CHUNK_BYTES, dataBytes - done), done);
        if (bytesRead === 0) break;
        const piece = chunk.subarray(0, bytesRead);
        // Asterisk writes what the leg says first; the leg is the staff's.
        if (file.channels === 2) piece.swap32().swap16();
        await target.write(piece);
        done += bytesRead;
      }
      await target.sync();
    } catch (error) {
      // On a full disk it would take the room that the next try needs.
      await rm(partial, { force: true });
      throw error;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  await rename(partial, file.to);
  await rm(file.from);
}

/** RIFF/WAVE header of linear PCM (Microsoft, Multimedia Programming Interface 1.0). */
function wavHeader(dataBytes: number, channels: 1 | 2): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const frameBytes = channels * BYTES_PER_SAMPLE;
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  header.writeUInt32LE(SAMPLES_PER_SECOND * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

function durationOf(dataBytes: number, frameBytes: number): number {
  return Math.round((dataBytes / frameBytes / SAMPLES_PER_SECOND) * 1000);
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
