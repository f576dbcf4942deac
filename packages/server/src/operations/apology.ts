import { readFile, writeFile } from 'node:fs/promises';
import type { Prompts } from '../speech/index.ts';

/** What callers hear from the telephone itself while no controlling process is there. */
export const APOLOGY_TEXT =
  'お電話ありがとうございます。申し訳ございませんが、ただいま自動音声のご案内ができません。恐れ入りますが、しばらくたってから、おかけ直しください。';

/** Joins the sentences into one sound: the fallback dialplan knows one file. @param path absolute, without ending. */
export async function makeApology(prompts: Prompts, path: string): Promise<void> {
  const sounds = await prompts.soundsFor([{ type: 'fixed', text: APOLOGY_TEXT }]);
  for (const ending of ['ulaw', 'alaw']) {
    // Raw G.711 has no header, so sounds are joined by putting them one after another.
    const pieces = await Promise.all(sounds.map((sound) => readFile(`${sound}.${ending}`)));
    await writeFile(`${path}.${ending}`, Buffer.concat(pieces));
  }
}
