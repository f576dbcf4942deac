import { loadPublished, preparablePartsOf, type RunnableFlow } from '@madoguchi/flow';
import { SpeechError } from '../speech/index.ts';
import type { PromptPreparation } from './publish.ts';

/** Opens the prompt store with the readings of a version; it is closed again after each piece of work. */
export type OpenPrompts = (
  version: RunnableFlow,
) => Promise<Pick<PromptPreparation, 'prepare'> & { close(): void }>;

/** Makes the sounds of a frozen draft, with its readings. @returns why they cannot be made; null: they lie ready. */
export async function makeSounds(open: OpenPrompts, bundle: unknown): Promise<SpeechError | null> {
  const version = loadPublished(bundle);
  const store = await open(version);
  try {
    await store.prepare(preparablePartsOf(version));
    return null;
  } catch (error) {
    if (error instanceof SpeechError) return error;
    throw error;
  } finally {
    store.close();
  }
}
