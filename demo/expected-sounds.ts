import { readFile } from 'node:fs/promises';
import { decodeUlaw } from '@madoguchi/telephony/telephone';
import type { PromptStore } from '../packages/server/src/speech/index.ts';

/**
 * The sound of each sentence of a text, made anew by the judge in a folder of his own: what lies in the product's prompt folder is
 * under judgement itself.
 */
export type ExpectedSounds = (text: string) => Promise<readonly Int16Array[]>;

export function expectedSounds(ownPrompts: PromptStore): ExpectedSounds {
  return async (text) => {
    const paths = await ownPrompts.soundsFor([{ type: 'fixed', text }]);
    return await Promise.all(
      paths.map(async (path) => withoutEndSilence(decodeUlaw(await readFile(`${path}.ulaw`)))),
    );
  };
}

/** The pause after a sentence is no evidence. */
function withoutEndSilence(samples: Int16Array): Int16Array {
  let end = samples.length;
  while (end > 0 && Math.abs(samples[end - 1] ?? 0) < 64) end -= 1;
  return samples.subarray(0, end);
}
