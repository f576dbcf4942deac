import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import { prepareInForce } from '../flows/index.ts';
import { type ChangingPrompts, pruneDictionaries } from '../speech/index.ts';
import type { OpenedSpeech } from './open-speech.ts';

type Readings = readonly { readonly surface: string; readonly reading: string }[];

/**
 * Takes over staff's readings while calls go on: the dictionary is compiled and the sounds of the versions in force are made first, so that
 * no call waits for them; until then callers hear the former ones. What cannot be taken over is told, and tried again at the next change.
 * @param first the readings in use. @returns to be called with the readings whenever they may have changed.
 */
export function followReadings({
  first,
  prompts,
  open,
  db,
  cacheDir,
  log,
}: {
  readonly first: { readonly readings: Readings; readonly dictionaryKey: string };
  readonly prompts: ChangingPrompts;
  readonly open: (readings: Readings) => Promise<OpenedSpeech>;
  readonly db: Database;
  readonly cacheDir: string;
  readonly log: Logger;
}): (readings: Readings) => Promise<void> {
  let inUse = JSON.stringify(first.readings);
  let { dictionaryKey } = first;
  let turn: Promise<void> = Promise.resolve();

  async function take(readings: Readings): Promise<void> {
    const wanted = JSON.stringify(readings);
    if (wanted === inUse) return;
    const opened = await open(readings);
    await prepareInForce({ db, prompts: opened }, (bundleId, code) =>
      log.warn({ bundleId, code }, 'sounds of a version could not be made with the new readings'),
    );
    prompts.change(opened);
    inUse = wanted;
    // Calls in progress may still ask the former store.
    await pruneDictionaries(cacheDir, new Set([dictionaryKey, opened.dictionaryKey]));
    dictionaryKey = opened.dictionaryKey;
  }

  return (readings) => {
    turn = turn
      .then(() => take(readings))
      .catch((error: unknown) => log.warn({ err: error }, 'new readings could not be taken over'));
    return turn;
  };
}
