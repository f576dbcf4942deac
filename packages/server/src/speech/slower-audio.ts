import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TELEPHONE_SAMPLE_RATE_HZ } from './loudness.ts';
import { runTool, toolFailure } from './run-tool.ts';
import { writeTelephoneSound } from './telephone-sound.ts';

/** The slower voice against the usual one (open-jtalk.ts), so that a recorded voice slows down as much. */
const TEMPO = 0.8;
const TIMEOUT_MS = 60_000;
/** The longest upload (import-audio.ts), stretched, with room to spare. */
const MAX_SECONDS = 15 * 60;
const BYTES_PER_SAMPLE = 2;

/** Where the slower copy of an uploaded sound lies, without ending: an upload's name and length tell its content. */
export function slowerAudioPath(cacheDir: string, uploaded: string): string {
  const bytes = statSync(`${uploaded}.ulaw`, { throwIfNoEntry: false })?.size ?? 0;
  const key = createHash('sha256')
    .update(`${TEMPO}\n${basename(uploaded)}\n${bytes}`)
    .digest('hex');
  return join(cacheDir, 'slower', key.slice(0, 2), key);
}

/**
 * Writes the slower copy of an uploaded sound: it lasts longer, the pitch stays (ffmpeg's `atempo`). Throws `SpeechError`.
 * @param uploaded path without ending
 * @param path where the copy is to lie, without ending
 */
export async function writeSlowerAudio(
  ffmpeg: string,
  uploaded: string,
  path: string,
  { temporaryDir, signal }: { readonly temporaryDir: string; readonly signal: AbortSignal },
): Promise<void> {
  const rate = String(TELEPHONE_SAMPLE_RATE_HZ);
  const args = [
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
    ...['-f', 'mulaw', '-ar', rate, '-ac', '1', '-i', `${uploaded}.ulaw`],
    ...['-af', `atempo=${TEMPO}`, '-ar', rate, '-f', 's16le', 'pipe:1'],
  ];
  const result = await runTool(ffmpeg, args, {
    timeoutMs: TIMEOUT_MS,
    signal,
    maxOutputBytes: MAX_SECONDS * TELEPHONE_SAMPLE_RATE_HZ * BYTES_PER_SAMPLE,
  });
  if (result.exitCode !== 0 || result.stdout.length < BYTES_PER_SAMPLE) throw toolFailure(ffmpeg, result);
  const samples = new Int16Array(Math.floor(result.stdout.length / BYTES_PER_SAMPLE));
  for (let at = 0; at < samples.length; at += 1)
    samples[at] = result.stdout.readInt16LE(at * BYTES_PER_SAMPLE);
  await writeTelephoneSound(path, samples, temporaryDir);
}
