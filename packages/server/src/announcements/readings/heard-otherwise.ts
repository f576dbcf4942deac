import type { Reading } from '@madoguchi/flow';
import type { HeardOtherwise } from '../../http/announcement-contract.ts';
import { readingsIn } from '../../speech/index.ts';
import type { SpokenVersion } from '../used-flows.ts';

/** Versions whose callers hear a word otherwise than the dictionary has it now: a change waits to be published. */
export function heardOtherwise(
  surface: string,
  /** Null: the dictionary has it no more. */
  reading: string | null,
  versions: readonly SpokenVersion[],
): HeardOtherwise[] {
  return versions.flatMap(({ flowId, flowName, numbersShown, texts, readings }) => {
    if (readings === null || readingsIn(texts, [{ surface }]).length === 0) return [];
    const heard = readings.find((each) => each.surface === surface)?.reading ?? null;
    return heard === reading ? [] : [{ flowId, flowName, numbersShown: [...numbersShown], reading: heard }];
  });
}

/** Words that versions still read as they were entered once, although the dictionary has them no more. */
export function wordsRemoved(
  stored: readonly Reading[],
  versions: readonly SpokenVersion[],
): readonly string[] {
  const known = new Set(stored.map(({ surface }) => surface));
  const heard = versions.flatMap(({ readings }) => (readings ?? []).map(({ surface }) => surface));
  return [...new Set(heard)].filter((surface) => !known.has(surface)).toSorted();
}
