/** Below this the recogniser is guessing; the caller is asked again. */
const LEAST_CONFIDENCE = 0.5;

/**
 * The choice that was spoken: its word is part of what was heard. Of several, the one with the longest word; null where none fits, two fit
 * equally well, or the recogniser was unsure.
 */
export function understood<C extends { readonly words: readonly string[] }>(
  choices: readonly C[],
  speech: { readonly text: string; readonly confidence: number },
): C | null {
  if (speech.confidence < LEAST_CONFIDENCE) return null;
  const text = plain(speech.text);
  const fitting = choices
    .map((choice) => ({
      choice,
      length: Math.max(0, ...choice.words.map(plain).map((word) => (text.includes(word) ? word.length : 0))),
    }))
    .filter((each) => each.length > 0)
    .toSorted((one, other) => other.length - one.length);
  const [best, second] = fitting;
  return best === undefined || best.length === second?.length ? null : best.choice;
}

function plain(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s、。,.！？!?・ー]/g, '');
}
