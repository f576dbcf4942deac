import { createHash } from 'node:crypto';
import { fixedTextsOf, type Prompt, type Reading, type VoiceId } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { readingsIn } from '../../speech/index.ts';

/** How texts are said: in which voice, read with which of staff's readings. */
export type Spoken = { readonly voice: VoiceId; readonly readings: readonly Reading[] };

/**
 * Names what is heard of a prompt, whatever it is tied to and however fast it is said: its words, who says them, and how those of them that staff
 * entered are read. Listening before a reading was changed, or to another voice, is no listening to it.
 */
export function contentHash(
  content:
    | Pick<Extract<Prompt, { type: 'text' }>, 'type' | 'text'>
    | Pick<Extract<Prompt, { type: 'audio' }>, 'type' | 'audioId'>,
  { voice, readings }: Spoken,
): string {
  const hashOf = (named: string) => createHash('sha256').update(named).digest('hex');
  if (content.type === 'audio') return hashOf(`audio\n${content.audioId}`);
  const read = readingsIn(fixedTextsOf(content.text), readings);
  const words = read.map(({ surface, reading }) => `\n${surface}\n${reading}`).toSorted();
  return hashOf(`text in ${voice}\n${content.text}${words.join('')}`);
}

/** Writes down that this person has listened to it. */
export async function markHeard(
  db: Database,
  { personId, hash, at }: { readonly personId: string; readonly hash: string; readonly at: Date },
): Promise<void> {
  await db
    .insertInto('heard_text')
    .values({ person_id: personId, content_hash: hash, heard_at: at })
    .onConflict((conflict) => conflict.columns(['person_id', 'content_hash']).doUpdateSet({ heard_at: at }))
    .execute();
}

/**
 * Which of these contents (`contentHash`) somebody has listened to. Publishing asks for it.
 * @param personId only what this person has; anybody where not given.
 */
export async function heardHashes(
  db: Database,
  hashes: readonly string[],
  personId?: string,
): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await db
    .selectFrom('heard_text')
    .select('content_hash')
    .distinct()
    .where('content_hash', 'in', [...hashes])
    .$if(personId !== undefined, (query) => query.where('person_id', '=', personId ?? ''))
    .execute();
  return new Set(rows.map((row) => row.content_hash));
}

/** Tells of each prompt whether somebody has listened to what it says, as it is spoken. */
export function heardBySomebody(db: Database) {
  return async (
    said: readonly { readonly prompt: Prompt }[],
    spoken: Spoken,
  ): Promise<readonly boolean[]> => {
    const hashes = said.map(({ prompt }) => contentHash(prompt, spoken));
    const heard = await heardHashes(db, hashes);
    return hashes.map((hash) => heard.has(hash));
  };
}
