import type { AnsweredBy } from '../words.ts';

/** A piece of sound from the other side, ms from the answer on. `endMs` null: it goes on. */
export type HeardSound = { readonly beginMs: number; readonly endMs: number | null };

/** Pauses between two sentences of a recorded voice, and within what a person says first ('はい…もしもし'), are shorter than this. */
const SAME_SPEECH_PAUSE_MS = 1_500;
/** Nobody speaks longer to greet a caller; the shortest recorded announcements are longer. Between the two, nobody can tell. */
const LONGEST_GREETING_MS = 2_600;
const SHORTEST_RECORDED_MS = 3_800;
/** The tone after a recorded greeting: it comes soon and is short. */
const TONE_WITHIN_MS = 2_500;
const LONGEST_TONE_MS = 1_600;
/** After a recorded voice: how long somebody may take to come to the telephone, or the machine to say nothing more. */
const SCREENING_MS = 12_000;
/** Somebody who picks up and says nothing. */
const SILENT_MS = 5_000;

/** What was heard until `nowMs`. */
export type Hearing = {
  readonly sounds: readonly HeardSound[];
  readonly nowMs: number;
  /** The tone by which a fax answers (CED, 2,100 Hz; ITU-T T.30). */
  readonly faxTone: boolean;
  readonly keyPressed: boolean;
};

type Speech = { beginMs: number; endMs: number; soundMs: number; over: boolean };

/** Sounds with no more than a short pause between them are one speech. */
function speechesOf({ sounds, nowMs }: Hearing): readonly Speech[] {
  const speeches: Speech[] = [];
  for (const { beginMs, endMs } of sounds) {
    const last = speeches.at(-1);
    const end = endMs ?? nowMs;
    if (last !== undefined && beginMs - last.endMs < SAME_SPEECH_PAUSE_MS) last.endMs = end;
    else speeches.push({ beginMs, endMs: end, soundMs: 0, over: false });
    const current = speeches.at(-1);
    if (current === undefined) continue;
    current.soundMs += end - beginMs;
    current.over = endMs !== null && nowMs - end >= SAME_SPEECH_PAUSE_MS;
  }
  return speeches;
}

/**
 * Who answered, as far as it can be told by when sounds began and ended; null while it is too early. It never holds up the call: the greeting is said
 * meanwhile, and `unknown` is treated as a person.
 *
 * A person says a word or two and waits. A recorded voice goes on. After it: a short tone soon, or nothing at all, is an answering machine (留守電); a
 * voice later on is somebody who listened to who calls (迷惑電話防止の応答).
 */
export function whoAnswers(hearing: Hearing): AnsweredBy | null {
  const { keyPressed, faxTone, nowMs } = hearing;
  if (keyPressed) return 'human';
  if (faxTone) return 'fax';
  const [first, second] = speechesOf(hearing);
  if (first === undefined) return nowMs >= SILENT_MS ? 'unknown' : null;
  if (first.soundMs < SHORTEST_RECORDED_MS) {
    if (!first.over) return null;
    return first.soundMs <= LONGEST_GREETING_MS ? 'human' : 'unknown';
  }
  if (!first.over) return null;
  if (second === undefined) return nowMs - first.endMs >= SCREENING_MS ? 'machine' : null;
  const isSoon = second.beginMs - first.endMs <= TONE_WITHIN_MS;
  if (isSoon && second.endMs - second.beginMs <= LONGEST_TONE_MS) return second.over ? 'machine' : null;
  return isSoon ? 'machine' : 'callScreening';
}

/** When there may be something to tell although nothing more is heard, ms from the answer on. */
export function lookAgainAtMs(hearing: Hearing): number {
  const last = speechesOf(hearing).at(-1);
  if (last === undefined) return SILENT_MS;
  const overAt = last.endMs + SAME_SPEECH_PAUSE_MS;
  return hearing.nowMs < overAt ? overAt : last.endMs + SCREENING_MS;
}
