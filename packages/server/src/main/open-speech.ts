import type { Settings } from '../settings.ts';
import {
  compileDictionary,
  createOpenJtalk,
  createPrompts,
  type DictionaryEntry,
  type PromptSettings,
  type PromptStore,
} from '../speech/index.ts';

/** The prompt store with staff's readings. */
export async function openSpeech(
  settings: Pick<Settings, 'speech' | 'promptsDir' | 'uploadsDir'>,
  entries: readonly DictionaryEntry[],
  options: Pick<PromptSettings, 'prepareConcurrency'> = {},
): Promise<PromptStore> {
  const dictionary = await compileDictionary({
    tools: settings.speech,
    cacheDir: settings.promptsDir,
    entries,
  });
  return createPrompts({
    tools: settings.speech,
    synthesiser: await createOpenJtalk({ tools: settings.speech, dictionary }),
    cacheDir: settings.promptsDir,
    audioDir: settings.uploadsDir,
    ...options,
  });
}
