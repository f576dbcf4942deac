import type { Clock } from '../clock.ts';

/**
 * Does `work` now and then again `ms` after it ended, never twice at once. What fails is told to `onError` and tried at the next turn.
 * @returns stops it; work that is under way ends by itself.
 */
export function every(
  clock: Clock,
  ms: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let cancel: (() => void) | null = null;
  let stopped = false;
  const turn = () => {
    void work()
      .catch(onError)
      .finally(() => {
        if (!stopped) cancel = clock.after(ms, turn);
      });
  };
  turn();
  return () => {
    stopped = true;
    cancel?.();
  };
}
