import { preparablePartsOf, type RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { createPublisher } from '../flows/index.ts';
import type { Settings } from '../settings.ts';
import { SpeechError } from '../speech/index.ts';
import { every } from './every.ts';
import { openBackgroundSpeech } from './open-background-speech.ts';
import { openSpeechFor } from './open-speech.ts';

/** From approval, or the planned time, to the next call's hearing the new version. */
const TURN_MS = 1_000;

/** Makes the sounds of proposals and publishes what is due. @returns stops it. */
export function startPublishing({
  settings,
  db,
  clock,
  log,
}: {
  readonly settings: Settings;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): () => void {
  const publisher = createPublisher({
    db,
    clock,
    log,
    promptsFor: (version) => openBackgroundSpeech(version, settings, db),
  });
  return every(clock, TURN_MS, publisher.turn, (error) =>
    log.warn({ err: error }, 'publishing failed and is tried again'),
  );
}

/** Makes a version's speech ready that is to come into force at once. What fails is told: the telephone speaks all the same. */
export function versionReadier(settings: Settings, db: Database, log: Logger) {
  return async (version: RunnableFlow): Promise<void> => {
    try {
      const prompts = await openSpeechFor(version, settings, db);
      await prompts.prepare(preparablePartsOf(version)).finally(() => prompts.close());
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      const { bundleId } = version.bundle;
      log.warn({ bundleId, code: error.code }, 'the sounds of an earlier version could not be made');
    }
  };
}
