import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SayPart, Speed } from '@madoguchi/flow';
import { type Call, decodeUlaw } from '@madoguchi/telephony/telephone';
import { type ClipListener, createClipListener } from '../../demo/clip-listener.ts';
import { openSpeech } from '../../packages/server/src/main/open-speech.ts';
import type { House } from '../../packages/server/src/operations/house.ts';
import { HEARING_LIMIT_MS, pauseUntil } from './caller-acts.ts';
import { until } from './until.ts';

/** What a caller ought to hear, made apart from the house: its own sounds may be the wrong ones. */
export type PromptSounds = {
  /** Pieces of sound, 8 kHz, in the order in which they are said. */
  of(
    what: string | readonly SayPart[],
    how?: Speed | { readonly voice: string },
  ): Promise<readonly Int16Array[]>;
  /** All times (ms on the sound's time line, rising) at which the pieces were heard one after another, each whole. */
  timesHeard(heard: Int16Array, clips: readonly Int16Array[]): Promise<readonly number[]>;
  /**
   * How often a sound was heard, perhaps with a gap in it: the most often that one of some stretches of it was. For what is not about
   * its being heard whole, on a machine that may be too busy to send every packet in time.
   */
  timesRecognised(heard: Int16Array, clip: Int16Array): Promise<number>;
  /** Resolves once the beginning of a sound was heard, from `sinceMs` of the call's clock on. */
  beginningHeard(call: Call, clip: Int16Array, sinceMs?: number): Promise<void>;
  /** Resolves once the last of the pieces was heard to its end, from `sinceMs` of the call's clock on. */
  heardToEnd(call: Call, clips: readonly Int16Array[], sinceMs?: number): Promise<void>;
  close(): Promise<void>;
};

export async function openPromptSounds(house: House): Promise<PromptSounds> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-expected-'));
  const prompts = await openSpeech(
    { speech: house.settings.speech, promptsDir: folder, uploadsDir: house.settings.uploadsDir },
    [],
  );
  const listener = createClipListener();
  return {
    async of(what, how) {
      const [store, speed] =
        typeof how === 'object' ? [prompts.in(how.voice) ?? prompts, undefined] : [prompts, how];
      const paths = await store.soundsFor(
        typeof what === 'string' ? [{ type: 'fixed', text: what }] : what,
        speed,
      );
      return await Promise.all(paths.map(async (path) => voiced(decodeUlaw(await readFile(`${path}.ulaw`)))));
    },
    timesHeard: (heard, clips) => timesHeard(listener, heard, clips),
    async timesRecognised(heard, clip) {
      const times = await Promise.all(
        stretchesOf(clip).map(async (stretch) => (await placesOf(listener, heard, stretch, 0)).length),
      );
      return Math.max(...times);
    },
    beginningHeard: (call, clip, sinceMs = 0) =>
      heardToEnd(listener, call, [clip.subarray(0, STRETCH_SAMPLES)], sinceMs),
    heardToEnd: (call, clips, sinceMs = 0) => heardToEnd(listener, call, clips, sinceMs),
    async close() {
      prompts.close();
      await listener.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Length of the pieces together, ms. */
export function lengthMs(clips: readonly Int16Array[]): number {
  return clips.reduce((sum, clip) => sum + clip.length, 0) / 8;
}

/** Without the pause at its end, in which a caller may press a key and hear something else already. */
function voiced(samples: Int16Array): Int16Array {
  return samples.subarray(0, samples.findLastIndex((sample) => Math.abs(sample) > SILENT_BELOW) + 1);
}

const SILENT_BELOW = 64;

/** Long enough to be found in no other words, nor in the same ones at another pace. */
const STRETCH_SAMPLES = 8 * 1_200;
/** Each is a search: more of them cost more time than they bring. */
const MOST_STRETCHES = 5;

/** Stretches of a sound, spread over it from its beginning to its end. */
function stretchesOf(clip: Int16Array): readonly Int16Array[] {
  const latest = Math.max(0, clip.length - STRETCH_SAMPLES);
  const gaps = Math.min(MOST_STRETCHES - 1, Math.ceil(latest / STRETCH_SAMPLES));
  return Array.from({ length: gaps + 1 }, (_, nth) => {
    const at = gaps === 0 ? 0 : Math.floor((latest * nth) / gaps);
    return clip.subarray(at, at + STRETCH_SAMPLES);
  });
}

async function timesHeard(
  listener: ClipListener,
  heard: Int16Array,
  clips: readonly Int16Array[],
): Promise<readonly number[]> {
  const [first = [], ...rest] = await Promise.all(clips.map((clip) => placesOf(listener, heard, clip, 0)));
  return first.filter((begin) => {
    let at = begin;
    return rest.every((places) => {
      const next = places.find((place) => place > at);
      at = next ?? at;
      return next !== undefined && next - begin < lengthMs(clips) + LONGEST_GAPS_MS;
    });
  });
}

/** Between the pieces of one announcement, on a machine that has other things to do. */
const LONGEST_GAPS_MS = 3_000;

async function placesOf(
  listener: ClipListener,
  heard: Int16Array,
  clip: Int16Array,
  offsetMs: number,
): Promise<readonly number[]> {
  if (heard.length < clip.length * 0.9) return [];
  const { found, atMs } = await listener.find(heard, clip);
  if (!found) return [];
  const begin = Math.round(atMs * 8);
  const end = begin + clip.length;
  return [
    ...(await placesOf(listener, heard.subarray(0, begin), clip, offsetMs)),
    offsetMs + atMs,
    ...(await placesOf(listener, heard.subarray(end), clip, offsetMs + end / 8)),
  ];
}

/** A look may come this late on a busy machine. */
const RECENT_SAMPLES = 8 * 4_000;
/** An engine that falls behind makes the sound's time line run this much before the telephone's clock. */
const TIME_LINE_SLACK_MS = 2_000;

async function heardToEnd(
  listener: ClipListener,
  call: Call,
  clips: readonly Int16Array[],
  sinceMs: number,
): Promise<void> {
  const last = clips.at(-1) ?? new Int16Array();
  const from = Math.max(0, Math.round((sinceMs - TIME_LINE_SLACK_MS) * 8));
  await pauseUntil(call, sinceMs + lengthMs(clips));
  await until(
    'an announcement heard to its end',
    async () => {
      await pauseUntil(call, call.nowMs + 100);
      const heard = call.heard();
      const recent = Math.max(from, heard.length - last.length - RECENT_SAMPLES);
      if (heard.length - recent < last.length) return false;
      const { found, atMs } = await listener.find(heard.slice(recent), last);
      // A clip is recognised while its last syllable still lasts; a key pressed then would cut it short.
      return found && recent + Math.round(atMs * 8) + last.length <= heard.length;
    },
    HEARING_LIMIT_MS,
  );
}
