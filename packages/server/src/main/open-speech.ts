import { availableParallelism } from 'node:os';
import { type Reading, type RunnableFlow, VOICE_IDS, type VoiceId } from '@madoguchi/flow';
import { storedReadings, usualVoice } from '../announcements/index.ts';
import type { Database } from '../database/index.ts';
import { readingsOfVersion } from '../flows/index.ts';
import type { Settings } from '../settings.ts';
import {
  type CompiledDictionary,
  compileDictionary,
  createOpenJtalkVoice,
  createPrompts,
  createWorkPool,
  findDictionary,
  type PromptSettings,
  type PromptStore,
  type RefusedEntry,
  type SpeechTools,
  usableEntries,
  type VoicedPrompts,
} from '../speech/index.ts';

export type OpenedSpeech = VoicedPrompts & {
  /** Names its compiled dictionary, which must stay while the store is in use (`pruneDictionaries`). */
  readonly dictionaryKey: string;
};

export type SpeechSettings = Pick<Settings, 'promptsDir' | 'uploadsDir'> & { readonly speech: SpeechTools };
/** How the house speaks now where no version says otherwise. */
export type SpeechOfNow = { readonly readings: readonly Reading[]; readonly usualVoice: VoiceId };
type SpeechOptions = Pick<PromptSettings, 'prepareConcurrency' | 'onValueLost' | 'pool'> & {
  /** `mei` unless told. */
  readonly usualVoice?: VoiceId;
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

/** The prompt store with the voice and the readings of a version, as these are with those of now. One of a voice that is not here speaks in the usual one. */
export async function openSpeechFor(
  version: RunnableFlow,
  settings: SpeechSettings,
  db: Database,
  options: SpeechOptions = {},
): Promise<PromptStore> {
  const readings = readingsOfVersion(version.bundle, await storedReadings(db));
  const opened = await openSpeech(settings, readings, { usualVoice: await usualVoice(db), ...options });
  return opened.in(version.voice) ?? opened;
}

async function storeWith(
  dictionary: CompiledDictionary,
  settings: SpeechSettings,
  // Speech and its conversion share one pool: each step keeps a core busy.
  {
    pool = createWorkPool(availableParallelism()),
    usualVoice: usualId = 'mei',
    ...options
  }: Omit<SpeechOptions, 'onRefused'>,
): Promise<OpenedSpeech> {
  const stores = await Promise.all(
    VOICE_IDS.map(async (id) => {
      const store = createPrompts({
        tools: settings.speech,
        voice: await createOpenJtalkVoice({ tools: settings.speech, dictionary, pool }, id),
        cacheDir: settings.promptsDir,
        audioDir: settings.uploadsDir,
        pool,
        ...options,
      });
      return [id, store] as const;
    }),
  );
  const byVoice: ReadonlyMap<string, PromptStore> = new Map(stores);
  const usual = byVoice.get(usualId);
  if (usual === undefined) throw new Error('the usual voice is not there');
  return {
    ...usual,
    dictionaryKey: dictionary.key,
    in: (voice) => (voice === undefined ? usual : (byVoice.get(voice) ?? null)),
    close() {
      for (const store of byVoice.values()) store.close();
    },
  };
}
