import { loadPublished, preparablePartsOf } from '@madoguchi/flow';
import { SpeechError } from '../speech/index.ts';
import type { PromptPreparation } from './publish.ts';

/** Opens the prompt store with the readings of the time; it is closed again after each piece of work. */
export type OpenPrompts = () => Promise<Pick<PromptPreparation, 'prepare'> & { close(): void }>;

/** Makes the sounds of a frozen draft. @returns why they cannot be made; null: they lie ready. */
export async function makeSounds(open: OpenPrompts, bundle: unknown): Promise<SpeechError | null> {
  const store = await open();
  try {
    await store.prepare(preparablePartsOf(loadPublished(bundle)));
    return null;
  } catch (error) {
    if (error instanceof SpeechError) return error;
    throw error;
  } finally {
    store.close();
  }
}
