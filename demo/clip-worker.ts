import { parentPort } from 'node:worker_threads';
import { findClip } from '@madoguchi/telephony/telephone';
import type { ClipQuestion } from './clip-listener.ts';

/** The other side of clip-listener.ts. */
parentPort?.on('message', ({ id, haystack, clip }: ClipQuestion) => {
  parentPort?.postMessage({ id, finding: findClip(haystack, clip) });
});
