export { type ChangingPrompts, changingPrompts } from './changing-prompts.ts';
export {
  type CompiledDictionary,
  compileDictionary,
  findDictionary,
  pruneDictionaries,
} from './dictionary/compile-dictionary.ts';
export {
  type DictionaryEntry,
  DictionaryEntrySchema,
  type RefusedEntry,
  usableEntries,
} from './dictionary/entry.ts';
export { MUNICIPAL_TERMS } from './dictionary/municipal-terms.ts';
export { readingsIn } from './dictionary/readings-in.ts';
export { type ImportedAudio, importAudio } from './import-audio.ts';
export { normaliseText, normaliseValue } from './normalise/normalise.ts';
export {
  createOpenJtalk,
  createOpenJtalkVoice,
  type OpenJtalkSettings,
  VOICE_CREDITS,
} from './open-jtalk.ts';
export type { Prompts, Synthesiser, Voice } from './port.ts';
export { createPrompts, type PromptSettings, type PromptStore, type VoicedPrompts } from './prompts.ts';
export { traceReadings } from './reading-trace.ts';
export { splitSentences } from './sentences.ts';
export { SpeechError, type SpeechErrorCode } from './speech-error.ts';
export { type SpeechTools, speechToolsFrom } from './speech-tools.ts';
export { removeAudio, uploadedAudioIds } from './telephone-sound.ts';
export { createWorkPool, type WorkPool } from './work-pool.ts';
