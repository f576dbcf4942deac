import type { SayPart } from '@madoguchi/flow';
import type { Database } from '../database/index.ts';
import { type PromptStore, SpeechError } from '../speech/index.ts';

export type MessageSounds = Pick<PromptStore, 'prepare' | 'preview'>;

export function partsOf(text: string): readonly SayPart[] {
  return [{ type: 'fixed', text }];
}

/** Makes the sound of a message. Throws `SpeechError` with words for staff. */
export async function prepareMessage(prompts: Pick<MessageSounds, 'prepare'>, text: string): Promise<void> {
  await prompts.prepare([{ parts: partsOf(text), speed: 'usual' }]);
}

/** Makes the sounds that are not there: after an upgrade that reads something otherwise, a new word, or on another machine. */
export async function prepareMessages(
  { db, prompts }: { readonly db: Database; readonly prompts: Pick<MessageSounds, 'prepare'> },
  onFailed: (messageId: string, code: string) => void,
): Promise<void> {
  const rows = await db
    .selectFrom('emergency_message')
    .select(['message_id', 'text'])
    .where('removed_at', 'is', null)
    .execute();
  for (const { message_id, text } of rows) {
    try {
      await prepareMessage(prompts, text);
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      onFailed(message_id, error.code);
    }
  }
}
