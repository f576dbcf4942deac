import { normaliseSurface, normaliseText } from '../normalise/normalise.ts';

/**
 * The words of the dictionary that these texts contain, as they are read: what a version that says them must keep. A text is looked
 * through as it is written and as it is normalised, since either may hold the word.
 */
export function readingsIn<E extends { readonly surface: string }>(
  texts: readonly string[],
  entries: readonly E[],
): readonly E[] {
  const looked = texts.flatMap((text) => [normaliseSurface(text), normaliseText(text)]);
  return entries.filter(({ surface }) => {
    const wanted = normaliseSurface(surface);
    return looked.some((text) => text.includes(wanted));
  });
}
