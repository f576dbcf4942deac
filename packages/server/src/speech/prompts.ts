import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Preparable, SayPart, Speed } from '@madoguchi/flow';
import { decodeMuLaw } from './g711.ts';
import { fadeEnds, levelLoudness, padEnd, trimSilence } from './loudness.ts';
import { NORMALISER_VERSION } from './normalise/normalise.ts';
import type { Prompts, Voice } from './port.ts';
import { preparableSegmentsOf } from './preparable-segments.ts';
import { compileSegments, type Segment, type SegmentEnding } from './segments.ts';
import { slowerAudioPath, writeSlowerAudio } from './slower-audio.ts';
import { fileFailure, SpeechError, type SpeechErrorCode } from './speech-error.ts';
import type { SpeechTools } from './speech-tools.ts';
import {
  decodeToTelephoneBand,
  hasTelephoneSound,
  uploadedAudioIds,
  uploadedSound,
  writeTelephoneSound,
} from './telephone-sound.ts';
import { wavOf } from './wav.ts';
import { createWorkPool, type WorkPool } from './work-pool.ts';

/** Raised whenever the way from a synthesised sentence to telephone sound changes. */
const SOUND_VERSION = 1;
const PAUSE_AFTER_MS: Readonly<Record<Speed, Readonly<Record<SegmentEnding, number>>>> = {
  usual: { sentence: 400, breath: 200, joined: 20 },
  slower: { sentence: 500, breath: 250, joined: 25 },
};
const KEPT_SILENCE_MS = 20;
const FADE_MS = 5;
const CONVERSION_TIMEOUT_MS = 20_000;
/** One sentence: far longer than the longest that `splitSentences` leaves. */
const MAX_SENTENCE_MS = 180_000;

type Speech = Extract<Segment, { type: 'speech' }>;
type Audio = Extract<Segment, { type: 'audio' }>;

export interface PromptStore extends Prompts {
  /** The credit that the voice's licence asks for. */
  readonly credit: string;
  /**
   * Makes every fixed sentence of the announcements in each form that it may take beside their values, and looks that every
   * uploaded sound is there, so that a call finds them ready. The values' own texts do not matter. Leaves a core free for calls.
   * Throws the first `SpeechError`; what was made until then stays.
   */
  prepare(
    announcements: readonly Preparable[],
    options?: { readonly onProgress?: (done: number, total: number) => void; readonly signal?: AbortSignal },
  ): Promise<void>;
  /** Ids of the uploaded sounds (`importAudio`) that lie whole on disk: what an announcement may name. */
  audioIds(): Promise<readonly string[]>;
  /** The announcement as one 8 kHz WAV, as a caller hears it, to listen to in a browser. An abort ends it after the sentence under way (`aborted`). */
  preview(parts: readonly SayPart[], speed?: Speed, signal?: AbortSignal): Promise<Buffer>;
  /**
   * Removes sounds of values made before `before` (they may tell of a person), what a crash left half made, and sounds of secret values made
   * before `secretsBefore`.
   */
  forgetValues(before: Date, secretsBefore?: Date): Promise<void>;
  /** Aborts what is under way. */
  close(): void;
}

/** Speaks with the house's usual voice, or with another. */
export interface VoicedPrompts extends PromptStore {
  /** @param voice id of a voice, or undefined for the usual one; null where this house has no such voice. */
  in(voice: string | undefined): PromptStore | null;
}

export type PromptSettings = {
  readonly tools: Pick<SpeechTools, 'ffmpeg'>;
  readonly voice: Voice;
  /** Sounds made from text; may be shared by several stores. */
  readonly cacheDir: string;
  /** Sounds that staff uploaded (`importAudio`). */
  readonly audioDir: string;
  /** Sentences that `prepare` makes at once; default: one less than there are cores. */
  readonly prepareConcurrency?: number;
  /** Bounds the conversions that run at once; share the synthesiser's. Default: a place for each core. */
  readonly pool?: WorkPool;
  /** Told when a call goes on without a value because its sound could not be made; the value itself is nobody's business. */
  readonly onValueLost?: (code: SpeechErrorCode) => void;
};

/**
 * The prompt store. Sounds are kept on disk under the hash of the voice's fingerprint of the reading; the same sentence asked
 * for twice at once is made once. Nothing is trusted that is empty or only half there.
 */
export function createPrompts(settings: PromptSettings): PromptStore {
  const { voice, cacheDir, audioDir, tools } = settings;
  const conversions = settings.pool ?? createWorkPool(availableParallelism());
  const temporaryDir = join(cacheDir, 'unfinished');
  const underWay = new Map<string, Promise<void>>();
  const closing = new AbortController();

  function pathOf({ kind, reading, ending, secret }: Speech, speed: Speed): string {
    // There are few enough birth dates to try all their hashes.
    if (secret) return join(cacheDir, 'secret', randomUUID());
    const fingerprint = voice[speed].fingerprintOf(reading);
    // The pause at the end belongs to the sound.
    const pauseMs = speed === 'usual' ? '' : `${PAUSE_AFTER_MS[speed][ending]}\n`;
    const key = createHash('sha256')
      .update(`${SOUND_VERSION}\n${NORMALISER_VERSION}\n${fingerprint}\n${pauseMs}${ending}\n${reading}`)
      .digest('hex');
    return join(cacheDir, kind, key.slice(0, 2), key);
  }

  /** Makes a sound that is not there; asked for twice at once, it is made once. */
  function made(path: string, make: () => Promise<void>): Promise<void> {
    if (hasTelephoneSound(path)) return Promise.resolve();
    let making = underWay.get(path);
    if (making === undefined) {
      making = make().finally(() => underWay.delete(path));
      underWay.set(path, making);
    }
    return making;
  }

  async function make(speech: Speech, speed: Speed, path: string): Promise<void> {
    await mkdir(temporaryDir, { recursive: true }).catch((error: unknown) => {
      throw fileFailure(error);
    });
    const wavPath = join(temporaryDir, `${randomUUID()}.wav`);
    try {
      await voice[speed].synthesise(speech.reading, wavPath, closing.signal);
      const { samples, result } = await conversions.run(
        () =>
          decodeToTelephoneBand(tools.ffmpeg, wavPath, {
            demuxer: 'wav',
            maxDurationMs: MAX_SENTENCE_MS,
            timeoutMs: CONVERSION_TIMEOUT_MS,
            signal: closing.signal,
          }),
        closing.signal,
      );
      const spoken = levelLoudness(trimSilence(samples, KEPT_SILENCE_MS));
      if (result.exitCode !== 0 || spoken.length === 0) {
        throw new SpeechError('toolFailed', '文章を音声にできませんでした。文章を見直してください。', {
          cause: new Error(result.stderr.slice(0, 500)),
        });
      }
      await writeTelephoneSound(
        path,
        padEnd(fadeEnds(spoken, FADE_MS), PAUSE_AFTER_MS[speed][speech.ending]),
        temporaryDir,
      );
    } finally {
      await rm(wavPath, { force: true });
    }
  }

  async function audioOf({ audioId }: Audio, speed: Speed): Promise<string> {
    const path = uploadedSound(audioDir, audioId);
    if (path === undefined) {
      throw new SpeechError(
        'audioMissing',
        '登録された音声ファイルが見つかりません。もう一度登録してください。',
      );
    }
    if (speed === 'usual') return path;
    const slower = slowerAudioPath(cacheDir, path);
    await made(slower, () =>
      conversions.run(
        () => writeSlowerAudio(tools.ffmpeg, path, slower, { temporaryDir, signal: closing.signal }),
        closing.signal,
      ),
    );
    return slower;
  }

  /**
   * Undefined where a value's sound could not be made (a name in letters that the voice lacks, a tool too slow): a caller who hears
   * the rest of the announcement is better served than one who hears nothing.
   */
  async function soundOf(segment: Segment, speed: Speed): Promise<string | undefined> {
    if (segment.type === 'audio') return await audioOf(segment, speed);
    const path = pathOf(segment, speed);
    try {
      await made(path, () => make(segment, speed, path));
      return path;
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      if (segment.kind === 'value') {
        settings.onValueLost?.(error.code);
        return undefined;
      }
      if (error.code !== 'unspeakable') throw error;
      throw new SpeechError(
        'unspeakable',
        `「${segment.reading}」は読み上げられません。読み辞書に登録するか、文章を見直してください。`,
        { cause: error },
      );
    }
  }

  async function soundInCall(segment: Segment, speed: Speed): Promise<string | undefined> {
    if (speed === 'usual') return await soundOf(segment, speed);
    try {
      return await soundOf(segment, speed);
    } catch (error) {
      if (error instanceof SpeechError) return await soundOf(segment, 'usual');
      throw error;
    }
  }

  async function soundsFor(parts: readonly SayPart[], speed: Speed = 'usual'): Promise<readonly string[]> {
    const sounds = await Promise.all(compileSegments(parts).map((segment) => soundInCall(segment, speed)));
    return sounds.filter((sound) => sound !== undefined);
  }

  return {
    credit: voice.usual.credit,
    soundsFor,
    audioIds: () => uploadedAudioIds(audioDir),

    async prepare(announcements, options = {}) {
      const wanted = new Map(
        announcements.flatMap(({ parts, speed }) =>
          preparableSegmentsOf(parts).map((segment) => {
            const path = segment.type === 'audio' ? `${segment.audioId} ${speed}` : pathOf(segment, speed);
            return [path, () => soundOf(segment, speed)] as const;
          }),
        ),
      );
      const pool = createWorkPool(settings.prepareConcurrency ?? availableParallelism() - 1);
      const failed = new AbortController();
      const signal = AbortSignal.any([
        failed.signal,
        ...(options.signal === undefined ? [] : [options.signal]),
      ]);
      let done = 0;
      options.onProgress?.(done, wanted.size);
      const outcomes = await Promise.allSettled(
        [...wanted.values()].map((sound) =>
          pool
            .run(sound, signal)
            .then(() => {
              done += 1;
              options.onProgress?.(done, wanted.size);
            })
            .catch((error: unknown) => {
              if (!failed.signal.aborted) failed.abort(error);
              throw error;
            }),
        ),
      );
      if (failed.signal.aborted) throw failed.signal.reason;
      const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
      if (rejected !== undefined) throw rejected.reason;
    },

    async preview(parts, speed = 'usual', signal) {
      // One sentence after the other: what nobody waits for any more is not made, and calls keep their places in the pool.
      const turn = createWorkPool(1);
      const sounds = await Promise.all(
        compileSegments(parts).map((segment) =>
          turn.run(async () => {
            const path = await soundInCall(segment, speed);
            return path === undefined ? Buffer.alloc(0) : await readFile(`${path}.ulaw`);
          }, signal),
        ),
      );
      return wavOf(decodeMuLaw(Buffer.concat(sounds)));
    },

    async forgetValues(before, secretsBefore = before) {
      const oldest = { value: before, unfinished: before, secret: secretsBefore };
      for (const [folder, madeBefore] of Object.entries(oldest)) {
        const names = await readdir(join(cacheDir, folder), { recursive: true, withFileTypes: true }).catch(
          () => [],
        );
        for (const name of names) {
          const path = join(name.parentPath, name.name);
          if (name.isFile() && (await stat(path)).mtime < madeBefore) await rm(path, { force: true });
        }
      }
    },

    close() {
      closing.abort();
    },
  };
}
