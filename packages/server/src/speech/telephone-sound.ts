import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { encodeALaw, encodeMuLaw } from './g711.ts';
import { TELEPHONE_SAMPLE_RATE_HZ } from './loudness.ts';
import type { ToolResult } from './run-tool.ts';
import { runTool } from './run-tool.ts';
import { fileFailure } from './speech-error.ts';

/** The band that a telephone line carries (300–3400 Hz, ITU-T G.712). */
const TELEPHONE_BAND = 'highpass=f=300,lowpass=f=3400';
const BYTES_PER_SAMPLE = 2;

export type DecodedSound = { readonly samples: Int16Array; readonly result: ToolResult };

/**
 * Decodes a sound file with ffmpeg to 8 kHz mono in the telephone's band. `demuxer` names the only format that ffmpeg
 * may take the file for (a playlist in disguise could make it open other files).
 */
export async function decodeToTelephoneBand(
  ffmpeg: string,
  path: string,
  options: {
    readonly demuxer: 'wav' | 'mp3' | 'mov' | 'matroska';
    readonly maxDurationMs: number;
    readonly timeoutMs: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<DecodedSound> {
  const maxSeconds = options.maxDurationMs / 1_000;
  const result = await runTool(
    ffmpeg,
    [
      ...[
        '-nostdin',
        '-hide_banner',
        '-loglevel',
        'error',
        '-protocol_whitelist',
        'file,pipe',
        '-threads',
        '1',
      ],
      ...['-f', options.demuxer, '-i', path, '-map', '0:a:0', '-t', String(maxSeconds)],
      ...[
        '-af',
        TELEPHONE_BAND,
        '-ac',
        '1',
        '-ar',
        String(TELEPHONE_SAMPLE_RATE_HZ),
        '-f',
        's16le',
        'pipe:1',
      ],
    ],
    {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      maxOutputBytes: (maxSeconds + 1) * TELEPHONE_SAMPLE_RATE_HZ * BYTES_PER_SAMPLE,
    },
  );
  const samples = new Int16Array(Math.floor(result.stdout.length / BYTES_PER_SAMPLE));
  for (let at = 0; at < samples.length; at += 1)
    samples[at] = result.stdout.readInt16LE(at * BYTES_PER_SAMPLE);
  return { samples, result };
}

/**
 * Writes `<path>.ulaw` and `<path>.alaw`, each whole or not at all; a half-written file never bears the name. Throws
 * `SpeechError` (`diskFull`, `cacheUnwritable`).
 */
export async function writeTelephoneSound(
  path: string,
  samples: Int16Array,
  temporaryDir: string,
): Promise<void> {
  const temporary = join(temporaryDir, `${basename(path)}.${randomUUID()}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${temporary}.alaw`, encodeALaw(samples));
    await writeFile(`${temporary}.ulaw`, encodeMuLaw(samples));
    await rename(`${temporary}.alaw`, `${path}.alaw`);
    await rename(`${temporary}.ulaw`, `${path}.ulaw`);
  } catch (error) {
    await Promise.allSettled([
      rm(`${temporary}.alaw`, { force: true }),
      rm(`${temporary}.ulaw`, { force: true }),
    ]);
    throw fileFailure(error);
  }
}

/**
 * Whether both files of a sound are there and alike in length; an empty one (a crash) does not count. Looks synchronously: it stands
 * between a key and the next announcement, and a turn through the thread pool costs ten times the look itself (docs/benchmarks.md).
 */
export function hasTelephoneSound(path: string): boolean {
  const muLaw = statSync(`${path}.ulaw`, { throwIfNoEntry: false });
  const aLaw = statSync(`${path}.alaw`, { throwIfNoEntry: false });
  return muLaw !== undefined && aLaw !== undefined && muLaw.size > 0 && muLaw.size === aLaw.size;
}

/** What names an uploaded sound: part of a path, so nothing that leads elsewhere. */
const AUDIO_ID = /^[A-Za-z0-9_-]{1,64}$/u;

/** Where an uploaded sound lies, without ending, or undefined where it is not there whole. */
export function uploadedSound(audioDir: string, audioId: string): string | undefined {
  const path = join(audioDir, audioId);
  return AUDIO_ID.test(audioId) && hasTelephoneSound(path) ? path : undefined;
}

/** Ids of the uploads (`importAudio`) that lie whole in `audioDir`; none where nothing was ever uploaded. Throws `SpeechError`. */
export async function uploadedAudioIds(audioDir: string): Promise<readonly string[]> {
  const names = await readdir(audioDir).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw fileFailure(error);
  });
  return names
    .filter((name) => name.endsWith('.ulaw'))
    .map((name) => basename(name, '.ulaw'))
    .filter((audioId) => uploadedSound(audioDir, audioId) !== undefined)
    .toSorted();
}

/** Takes an uploaded sound away; nothing where it is not there. Throws `SpeechError`. */
export async function removeAudio(audioDir: string, audioId: string): Promise<void> {
  if (!AUDIO_ID.test(audioId)) return;
  try {
    for (const law of ['ulaw', 'alaw']) await rm(join(audioDir, `${audioId}.${law}`), { force: true });
  } catch (error) {
    throw fileFailure(error);
  }
}
