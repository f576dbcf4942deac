import { availableParallelism } from 'node:os';
import type { Settings } from '../settings.ts';
import {
  compileDictionary,
  createOpenJtalkVoices,
  createPrompts,
  createWorkPool,
  type PromptSettings,
  type PromptStore,
  type RefusedEntry,
  usableEntries,
} from '../speech/index.ts';

export type OpenedSpeech = PromptStore & {
  /** Names its compiled dictionary, which must stay while the store is in use (`pruneDictionaries`). */
  readonly dictionaryKey: string;
};

/**
 * The prompt store with staff's readings. A reading that cannot be used is left out and told to `onRefused`, by its place among
 * the stored ones: no single word may keep the telephone from speaking.
 */
export async function openSpeech(
  settings: Pick<Settings, 'speech' | 'promptsDir' | 'uploadsDir'>,
  storedReadings: readonly { readonly surface: string; readonly reading: string }[],
  {
    onRefused,
    ...options
  }: Pick<PromptSettings, 'prepareConcurrency' | 'onValueLost'> & {
    readonly onRefused?: (refused: readonly RefusedEntry[]) => void;
  } = {},
): Promise<OpenedSpeech> {
  const { entries, refused } = usableEntries(storedReadings);
  if (refused.length > 0) onRefused?.(refused);
  const dictionary = await compileDictionary({
    tools: settings.speech,
    cacheDir: settings.promptsDir,
    entries,
  });
  // Speech and its conversion share one pool: each step keeps a core busy.
  const pool = createWorkPool(availableParallelism());
  const prompts = createPrompts({
    tools: settings.speech,
    voices: await createOpenJtalkVoices({ tools: settings.speech, dictionary, pool }),
    cacheDir: settings.promptsDir,
    audioDir: settings.uploadsDir,
    pool,
    ...options,
  });
  return { ...prompts, dictionaryKey: dictionary.key };
}
