import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { createPublisher } from '../flows/index.ts';
import type { Settings } from '../settings.ts';
import { every } from './every.ts';
import { openBackgroundSpeech } from './open-background-speech.ts';

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
    prompts: () => openBackgroundSpeech(settings, db),
  });
  return every(clock, TURN_MS, publisher.turn, (error) =>
    log.warn({ err: error }, 'publishing failed and is tried again'),
  );
}
