import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ClipFinding } from '@madoguchi/telephony/telephone';

export type ClipQuestion = { readonly id: number; readonly haystack: Int16Array; readonly clip: Int16Array };

/**
 * Looks for sounds in a thread of its own: in the thread that receives the calls' packets, the search would hold them up and the judge
 * would hear gaps of his own making.
 */
export type ClipListener = {
  find(haystack: Int16Array, clip: Int16Array): Promise<ClipFinding>;
  stop(): Promise<void>;
};

export function createClipListener(): ClipListener {
  const worker = new Worker(join(import.meta.dirname, 'clip-worker.ts'));
  const waiting = new Map<number, (finding: ClipFinding) => void>();
  let last = 0;
  worker.on('message', ({ id, finding }: { readonly id: number; readonly finding: ClipFinding }) => {
    waiting.get(id)?.(finding);
    waiting.delete(id);
  });
  return {
    find(haystack, clip) {
      last += 1;
      const { promise, resolve } = Promise.withResolvers<ClipFinding>();
      waiting.set(last, resolve);
      worker.postMessage({ id: last, haystack, clip } satisfies ClipQuestion);
      return promise;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
