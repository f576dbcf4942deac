import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fadeEnds, levelLoudness, SILENCE_DB, speechLevelDb, TELEPHONE_SAMPLE_RATE_HZ } from './loudness.ts';
import { runTool } from './run-tool.ts';
import { fileFailure, SpeechError } from './speech-error.ts';
import type { SpeechTools } from './speech-tools.ts';
import { decodeToTelephoneBand, writeTelephoneSound } from './telephone-sound.ts';
import { isTruncatedWav } from './wav.ts';

const MAX_FILE_BYTES = 50 * 1_024 * 1_024;
const MAX_DURATION_MS = 10 * 60_000;
const MIN_DURATION_MS = 200;
const TIMEOUT_MS = 60_000;
const FADE_MS = 5;
/** Raised whenever the way from an upload to telephone sound changes; part of the audio's id. */
const IMPORT_VERSION = 1;

export type ImportedAudio = {
  /** Names the sound in an announcement; the same file gives the same id. */
  readonly audioId: string;
  readonly durationMs: number;
  /** Level of its speech before it was levelled, dB below full scale. */
  readonly levelDb: number;
};

type Demuxer = 'wav' | 'mp3' | 'mov' | 'matroska';

/** What a file is, told by its first bytes: its name may lie. */
function demuxerFor(file: Buffer): Demuxer | undefined {
  const ascii = (from: number, to: number) => file.toString('latin1', from, to);
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WAVE') return 'wav';
  if (ascii(4, 8) === 'ftyp') return 'mov';
  if (ascii(0, 3) === 'ID3') return 'mp3';
  // EBML (RFC 8794): WebM, which browsers record.
  if (file.length >= 4 && file.readUInt32BE(0) === 0x1a45dfa3) return 'matroska';
  // MPEG audio frame: eleven bits set, then a version and a layer that exist (ISO/IEC 11172-3).
  const second = file[1] ?? 0;
  if (file[0] === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0) return 'mp3';
  return undefined;
}

function tooLarge(): SpeechError {
  return new SpeechError(
    'audioTooLarge',
    '音声ファイルが大きすぎます。50MBまでのファイルを登録してください。',
  );
}

async function readUpload(source: Buffer | string): Promise<Buffer> {
  if (typeof source !== 'string') return source;
  try {
    const file = await open(source);
    try {
      if ((await file.stat()).size > MAX_FILE_BYTES) throw tooLarge();
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof SpeechError) throw error;
    throw new SpeechError('audioUnreadable', '音声ファイルを開けませんでした。もう一度登録してください。', {
      cause: error,
    });
  }
}

const UNREADABLE =
  '音声ファイルとして読み取れません。壊れていないWAV・MP3・M4Aのファイルを登録してください。';

/** A file whose container reads well but that cannot be decoded has no sound in it. */
async function whyUndecodable(
  ffmpeg: string,
  path: string,
  demuxer: Demuxer,
  stderr: string,
): Promise<SpeechError> {
  const args = ['-nostdin', '-loglevel', 'error', '-protocol_whitelist', 'file', '-f', demuxer, '-i', path];
  const copied = await runTool(ffmpeg, [...args, '-map', '0', '-c', 'copy', '-f', 'null', '-'], {
    timeoutMs: TIMEOUT_MS,
  });
  return copied.exitCode === 0
    ? new SpeechError(
        'audioHasNoSound',
        'このファイルには音声が入っていません。音声の入ったファイルを登録してください。',
      )
    : new SpeechError('audioUnreadable', UNREADABLE, { cause: new Error(stderr.slice(0, 500)) });
}

function assertUsable(samples: Int16Array): { durationMs: number; levelDb: number } {
  const durationMs = Math.round((samples.length / TELEPHONE_SAMPLE_RATE_HZ) * 1_000);
  if (durationMs > MAX_DURATION_MS) {
    throw new SpeechError('audioTooLong', '音声が長すぎます。10分までの音声を登録してください。');
  }
  if (durationMs < MIN_DURATION_MS) {
    throw new SpeechError('audioTooShort', '音声が短すぎます。録音できているかをご確認ください。');
  }
  const levelDb = speechLevelDb(samples);
  if (levelDb < SILENCE_DB) {
    throw new SpeechError(
      'audioSilent',
      '音声がほとんど聞こえません。録音できているか、音量をご確認ください。',
    );
  }
  return { durationMs, levelDb };
}

/**
 * Makes an uploaded WAV, MP3 or M4A file, or a WebM that a browser recorded (a buffer or a path), into telephone sound of levelled loudness, `<audioId>.ulaw` and
 * `.alaw` in `audioDir`. Throws `SpeechError` with a message for staff: not readable, no sound in it, truncated WAV, over 50 MB
 * or 10 minutes, under 0.2 s, silent. An MP3 that ends early is taken as far as it goes: show `durationMs` and let staff listen.
 */
export async function importAudio(
  source: Buffer | string,
  options: {
    readonly tools: Pick<SpeechTools, 'ffmpeg'>;
    readonly audioDir: string;
    readonly signal?: AbortSignal;
  },
): Promise<ImportedAudio> {
  const file = await readUpload(source);
  if (file.length > MAX_FILE_BYTES) throw tooLarge();
  if (file.length === 0) {
    throw new SpeechError(
      'audioUnreadable',
      '音声ファイルの中身が空です。もう一度書き出してから登録してください。',
    );
  }
  const demuxer = demuxerFor(file);
  if (demuxer === undefined) throw new SpeechError('audioUnreadable', UNREADABLE);
  if (demuxer === 'wav' && isTruncatedWav(file)) {
    throw new SpeechError(
      'audioTruncated',
      '音声ファイルが途中で切れています。もう一度書き出してから登録してください。',
    );
  }
  const audioId = createHash('sha256').update(`${IMPORT_VERSION}\n`).update(file).digest('hex').slice(0, 32);
  const temporaryDir = join(options.audioDir, 'unfinished');
  const path = join(temporaryDir, randomUUID());
  try {
    await mkdir(temporaryDir, { recursive: true });
    await writeFile(path, file);
    const { samples, result } = await decodeToTelephoneBand(options.tools.ffmpeg, path, {
      demuxer,
      // A little more than is allowed, so that too long is told from just long enough.
      maxDurationMs: MAX_DURATION_MS + 1_000,
      timeoutMs: TIMEOUT_MS,
      signal: options.signal,
    });
    if (result.exitCode !== 0) throw await whyUndecodable(options.tools.ffmpeg, path, demuxer, result.stderr);
    const { durationMs, levelDb } = assertUsable(samples);
    await writeTelephoneSound(
      join(options.audioDir, audioId),
      fadeEnds(levelLoudness(samples), FADE_MS),
      temporaryDir,
    );
    return { audioId, durationMs, levelDb };
  } catch (error) {
    throw fileFailure(error);
  } finally {
    await rm(path, { force: true });
  }
}
