import type { SayPart, Speed, VoiceId } from '@madoguchi/flow';
import { Refusal } from '../../http/index.ts';
import { createWorkPool, type VoicedPrompts } from '../../speech/index.ts';

export type StoredReading = { readonly surface: string; readonly reading: string };

/** Opens speech with these readings; `trial`: in a place of its own, to be thrown away. */
export type OpenSpeech = (
  readings: readonly StoredReading[],
  where: 'kept' | 'trial',
) => Promise<{ readonly prompts: VoicedPrompts; discard(): Promise<void> }>;

export type Listening = {
  /** As a caller hears it with these readings: 8 kHz WAV. @throws SpeechError; Refusal 429 where too many ask. */
  hear(order: ListeningOrder): Promise<Buffer>;
  close(): Promise<void>;
};

export type ListeningOrder = {
  readonly personId: string;
  readonly parts: readonly SayPart[];
  readonly speed: Speed;
  readonly voice: VoiceId;
  readonly readings: readonly StoredReading[];
  /** Heard with this word too, in place of the stored one. */
  readonly trial: StoredReading | null;
  readonly signal: AbortSignal;
};

const AT_ONCE = 2;
const WAITING_AT_MOST = 8;
/** One person, within a minute: more than anybody can listen to. */
const PER_MINUTE = 40;

/**
 * Makes sounds for staff to listen to, beside the telephone and without disturbing it. The dictionary in use is that of the last order, so
 * that a word changed by a colleague is heard at once.
 * @param now ms since the epoch.
 */
export function createListening(open: OpenSpeech, now: () => number): Listening {
  const pool = createWorkPool(AT_ONCE);
  // Each trial compiles a dictionary of its own, of 100 MB.
  const trials = createWorkPool(1);
  const asked = new Map<string, readonly number[]>();
  let waiting = 0;
  let kept: { readonly key: string; readonly opened: ReturnType<OpenSpeech> } | null = null;

  function keptSpeech(readings: readonly StoredReading[]): ReturnType<OpenSpeech> {
    const key = JSON.stringify(readings);
    if (kept?.key !== key) {
      const opened = open(readings, 'kept');
      // What could not be opened is tried again at the next order.
      opened.catch(() => {
        if (kept?.opened === opened) kept = null;
      });
      kept = { key, opened };
    }
    return kept.opened;
  }

  function admit(personId: string): void {
    const since = now() - 60_000;
    const lately = (asked.get(personId) ?? []).filter((at) => at > since);
    if (lately.length >= PER_MINUTE || waiting >= WAITING_AT_MOST) {
      throw new Refusal(
        429,
        'tooManyPreviews',
        'ただいま試聴が混み合っています。少し待ってから、もう一度お試しください。',
      );
    }
    asked.set(personId, [...lately, now()]);
    for (const [person, times] of asked) if (times.every((at) => at <= since)) asked.delete(person);
  }

  async function heardWith({
    parts,
    speed,
    voice,
    readings,
    trial,
    signal,
  }: ListeningOrder): Promise<Buffer> {
    if (trial === null) {
      const { prompts } = await keptSpeech(readings);
      return await (prompts.in(voice) ?? prompts).preview(parts, speed, signal);
    }
    return await trials.run(async () => {
      const others = readings.filter(({ surface }) => surface !== trial.surface);
      const { prompts, discard } = await open([...others, trial], 'trial');
      try {
        return await (prompts.in(voice) ?? prompts).preview(parts, speed, signal);
      } finally {
        prompts.close();
        await discard();
      }
    }, signal);
  }

  return {
    async hear(order) {
      admit(order.personId);
      waiting += 1;
      try {
        return await pool.run(() => heardWith(order), order.signal);
      } finally {
        waiting -= 1;
      }
    },
    async close() {
      const opened = await kept?.opened.catch(() => null);
      opened?.prompts.close();
    },
  };
}
