import { type BundleDraft, fixedTextsOf, type Reading, spokenTextsOf } from '@madoguchi/flow';
import { readingsIn } from '../speech/index.ts';

/** The bundle with those of the house's readings that its texts say: they are approved and published with it. */
export function withReadings(bundle: BundleDraft, stored: readonly Reading[]): BundleDraft {
  const readings = readingsIn(spokenTextsOf(bundle), stored)
    .map(({ surface, reading }) => ({ surface, reading }))
    .toSorted((one, other) => (one.surface < other.surface ? -1 : 1));
  return { ...bundle, readings };
}

/**
 * How callers of a version are read to: the words of its texts as they were published with it, all others as they are now. What a version
 * says besides its texts (a number's name, what a caller keyed in) is no part of it. As long as no word of its texts was changed these are
 * the readings of now, so that versions share one dictionary. A version of before knows none of its own.
 */
export function readingsOfVersion(version: BundleDraft, now: readonly Reading[]): readonly Reading[] {
  if (version.readings === undefined) return now;
  const said = new Set(readingsIn(spokenTextsOf(version), now));
  return [...version.readings, ...now.filter((entry) => !said.has(entry))];
}

/** A word of a version's texts whose reading is another than before; null: staff have entered none, the voice reads as it does. */
export type ReadingChange = {
  readonly surface: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** Which words of `after` are read otherwise than in `before` (null: nothing was there). Versions of before follow every change by themselves. */
export function readingChanges(before: BundleDraft | null, after: BundleDraft): readonly ReadingChange[] {
  if (after.readings === undefined || (before !== null && before.readings === undefined)) return [];
  const [older, newer] = [byWord(before?.readings ?? []), byWord(after.readings)];
  const words = [...new Set([...older.keys(), ...newer.keys()])].toSorted();
  const changes = words
    .map((surface) => ({
      surface,
      before: older.get(surface) ?? null,
      after: newer.get(surface) ?? null,
    }))
    .filter((change) => change.before !== change.after);
  // A word that nobody says any more is no change to anybody.
  return readingsIn(spokenTextsOf(after), changes);
}

/** Whether a text says one of these words. */
export function saysOne(text: string, words: readonly { readonly surface: string }[]): boolean {
  return readingsIn(fixedTextsOf(text), words).length > 0;
}

function byWord(readings: readonly Reading[]): ReadonlyMap<string, string> {
  return new Map(readings.map(({ surface, reading }) => [surface, reading]));
}
