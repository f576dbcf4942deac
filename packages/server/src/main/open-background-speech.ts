import type { RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../database/index.ts';
import type { Settings } from '../settings.ts';
import type { PromptStore } from '../speech/index.ts';
import { openSpeechFor } from './open-speech.ts';

/** The prompt store for sounds that no call waits for: with the voice and the readings of a version, and one core, since calls need the others. */
export async function openBackgroundSpeech(
  version: RunnableFlow,
  settings: Settings,
  db: Database,
): Promise<PromptStore> {
  return await openSpeechFor(version, settings, db, { prepareConcurrency: 1 });
}
