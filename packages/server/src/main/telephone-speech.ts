import { availableParallelism } from 'node:os';
import type { RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import { answeringWithin, type Database } from '../database/index.ts';
import { prepareMessages } from '../emergency/index.ts';
import { openProposals, prepareInForce } from '../flows/index.ts';
import type { Settings } from '../settings.ts';
import { createWorkPool } from '../speech/index.ts';
import { findSpeech, openSpeech, type SpeechOfNow } from './open-speech.ts';
import { openVersionSpeech, type VersionSpeech } from './version-speech.ts';

/** The telephone starts without a PostgreSQL that takes longer. */
const READ_LIMIT_MS = 2_000;

/** Speech for the telephone. @param versions those that speak now; open proposals are made ready besides. */
export async function openTelephoneSpeech({
  settings,
  db,
  spoken,
  versions,
  log,
}: {
  readonly settings: Settings;
  readonly db: Database;
  readonly spoken: SpeechOfNow;
  readonly versions: () => readonly RunnableFlow[];
  readonly log: Logger;
}): Promise<VersionSpeech> {
  const options = {
    pool: createWorkPool(availableParallelism()),
    onRefused: (refused: readonly object[]) =>
      log.warn({ refused }, 'readings of the dictionary were left out'),
    onValueLost: (code: string) => log.warn({ code }, 'a value was not spoken'),
  };
  return await openVersionSpeech({
    spoken,
    open: ({ readings, usualVoice }) => openSpeech(settings, readings, { ...options, usualVoice }),
    find: ({ readings, usualVoice }) => findSpeech(settings, readings, { ...options, usualVoice }),
    versions: async () => {
      // Without PostgreSQL nothing comes into force.
      const proposals = await openProposals(answeringWithin(db, READ_LIMIT_MS)).catch((error: unknown) => {
        log.warn({ err: error }, 'open proposals cannot be read yet');
        return [];
      });
      return [...versions(), ...proposals];
    },
    async prepare(promptsFor) {
      await prepareInForce({ db, promptsFor }, (bundleId, code) =>
        log.warn({ bundleId, code }, 'sounds of a version could not be made with the new readings'),
      );
      await prepareMessages({ db, prompts: promptsFor(null) }, (messageId, code) =>
        log.warn({ messageId, code }, 'an emergency announcement could not be made with the new readings'),
      );
    },
    cacheDir: settings.promptsDir,
    log,
  });
}
