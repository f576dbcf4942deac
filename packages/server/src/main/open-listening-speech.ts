import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSpeech } from '../announcements/index.ts';
import { openSpeech, type SpeechSettings } from './open-speech.ts';

/**
 * Speech for staff who listen. What it makes is what the telephone would make, so both processes share one folder: every file gets its
 * name whole, by renaming. A trial has a folder of its own, gone after it.
 */
export function openListeningSpeech(settings: SpeechSettings): OpenSpeech {
  const trialDir = join(settings.promptsDir, 'trial');
  const discard = () => rm(trialDir, { recursive: true, force: true });
  return async (readings, where) => {
    if (where === 'kept') {
      const prompts = await openSpeech(settings, readings);
      return { prompts, discard: async () => undefined };
    }
    // What a crash left.
    await discard();
    const prompts = await openSpeech({ ...settings, promptsDir: trialDir }, readings);
    return { prompts, discard };
  };
}
