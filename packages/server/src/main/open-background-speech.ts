import type { Database } from '../database/index.ts';
import type { Settings } from '../settings.ts';
import { type OpenedSpeech, openSpeech } from './open-speech.ts';

/** The prompt store for sounds that no call waits for: with the readings as they are now, and one core, since calls need the others. */
export async function openBackgroundSpeech(settings: Settings, db: Database): Promise<OpenedSpeech> {
  const readings = await db.selectFrom('reading').select(['surface', 'reading']).orderBy('surface').execute();
  return await openSpeech(settings, readings, { prepareConcurrency: 1 });
}
