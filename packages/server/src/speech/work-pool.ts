import { SpeechError } from './speech-error.ts';

export interface WorkPool {
  /** Runs `work` when a place is free, in order of asking. An abort takes it out of the queue (`aborted`). */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** At most `size` pieces of work at once. */
export function createWorkPool(size: number): WorkPool {
  let free = Math.max(1, Math.floor(size));
  const waiting: (() => void)[] = [];

  function takePlace(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(new SpeechError('aborted', '音声の作成を中止しました。'));
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(new SpeechError('aborted', '音声の作成を中止しました。'));
      };
      waiting.push(enter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  return {
    async run(work, signal) {
      await takePlace(signal);
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
