import { availableParallelism } from 'node:os';
import type { Reading, RunnableFlow } from '@madoguchi/flow';
import { storedReadings } from '../announcements/index.ts';
import type { Database } from '../database/index.ts';
import { readingsOfVersion } from '../flows/index.ts';
import type { Settings } from '../settings.ts';
import {
  type CompiledDictionary,
  compileDictionary,
  createOpenJtalkVoices,
  createPrompts,
  createWorkPool,
  findDictionary,
  type PromptSettings,
  type PromptStore,
  type RefusedEntry,
  usableEntries,
} from '../speech/index.ts';

export type OpenedSpeech = PromptStore & {
  /** Names its compiled dictionary, which must stay while the store is in use (`pruneDictionaries`). */
  readonly dictionaryKey: string;
};

type SpeechSettings = Pick<Settings, 'speech' | 'promptsDir' | 'uploadsDir'>;
type SpeechOptions = Pick<PromptSettings, 'prepareConcurrency' | 'onValueLost' | 'pool'> & {
  readonly onRefused?: (refused: readonly RefusedEntry[]) => void;
};

/**
 * The prompt store with staff's readings. A reading that cannot be used is left out and told to `onRefused`, by its place among
 * the stored ones: no single word may keep the telephone from speaking.
 */
export async function openSpeech(
  settings: SpeechSettings,
  storedReadings: readonly Reading[],
  { onRefused, ...options }: SpeechOptions = {},
): Promise<OpenedSpeech> {
  const { entries, refused } = usableEntries(storedReadings);
  if (refused.length > 0) onRefused?.(refused);
  const { speech, promptsDir } = settings;
  const dictionary = await compileDictionary({ tools: speech, cacheDir: promptsDir, entries });
  return await storeWith(dictionary, settings, options);
}

/** The same where the dictionary was compiled before; else null, at once. */
export async function findSpeech(
  settings: SpeechSettings,
  storedReadings: readonly Reading[],
  { onRefused: _, ...options }: SpeechOptions = {},
): Promise<OpenedSpeech | null> {
  const { entries } = usableEntries(storedReadings);
  const { speech, promptsDir } = settings;
  const dictionary = await findDictionary({ tools: speech, cacheDir: promptsDir, entries });
  return dictionary === null ? null : await storeWith(dictionary, settings, options);
}

/** The prompt store with the readings of a version, as they are with those of now. */
export async function openSpeechFor(
  version: RunnableFlow,
  settings: SpeechSettings,
  db: Database,
  options: SpeechOptions = {},
): Promise<OpenedSpeech> {
  const readings = readingsOfVersion(version.bundle, await storedReadings(db));
  return await openSpeech(settings, readings, options);
}

async function storeWith(
  dictionary: CompiledDictionary,
  settings: SpeechSettings,
  // Speech and its conversion share one pool: each step keeps a core busy.
  { pool = createWorkPool(availableParallelism()), ...options }: Omit<SpeechOptions, 'onRefused'>,
): Promise<OpenedSpeech> {
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
