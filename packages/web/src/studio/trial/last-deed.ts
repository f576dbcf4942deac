import type { TrialInput } from '@madoguchi/flow';

/** The inputs before the last thing that somebody did, or before the last announcement that was heard; null where there was none. */
export function withoutLastDeed(inputs: readonly TrialInput[]): readonly TrialInput[] | null {
  const last = inputs.findLastIndex(({ type }) => type !== 'listenOut');
  return last === -1 ? null : inputs.slice(0, last);
}
