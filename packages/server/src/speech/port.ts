import type { SayPart, Speed } from '@madoguchi/flow';

/** Synthesises one sentence. Implementations: Open JTalk (embedded), later VOICEVOX ENGINE and OpenAI-compatible HTTP. */
export interface Synthesiser {
  /**
   * Changes whenever this reading would sound different (engine, voice, version, those words of the dictionary that it contains): part of
   * the cache key, so that a changed word makes only those sentences anew that say it.
   */
  fingerprintOf(reading: string): string;
  /** The credit that the voice's licence asks for. */
  readonly credit: string;
  /** Writes 48 kHz mono 16-bit WAV. `reading` is already normalised and holds one sentence. */
  synthesise(reading: string, wavPath: string, signal?: AbortSignal): Promise<void>;
}

/** One speaker at every pace at which callers may be spoken to. */
export type Voice = Readonly<Record<Speed, Synthesiser>>;

/** Telephone sound for what the flow wants to say. */
export interface Prompts {
  /**
   * Sounds for the parts, in order: absolute paths without ending, `.ulaw` and `.alaw` beside each. Cached by content,
   * so what was prepared before publishing costs a look at the disk. What cannot be made slower is heard at the usual speed. Throws
   * `SpeechError` with a Japanese message.
   * @param speed default: usual
   */
  soundsFor(parts: readonly SayPart[], speed?: Speed): Promise<readonly string[]>;
}
