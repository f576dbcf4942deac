import { createHash } from 'node:crypto';
import { fixedTextsOf, type Prompt, type Reading } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { readingsIn } from '../../speech/index.ts';

/**
 * Names what is heard of a prompt, whatever it is tied to and however fast it is said: its words, and how those of them that staff entered are
 * read. Listening before a reading was changed is no listening to the changed one.
 */
export function contentHash(
  content:
    | Pick<Extract<Prompt, { type: 'text' }>, 'type' | 'text'>
    | Pick<Extract<Prompt, { type: 'audio' }>, 'type' | 'audioId'>,
  readings: readonly Reading[],
): string {
  const said = content.type === 'text' ? content.text : content.audioId;
  const read = content.type === 'text' ? readingsIn(fixedTextsOf(content.text), readings) : [];
  const words = read.map(({ surface, reading }) => `\n${surface}\n${reading}`).toSorted();
  return createHash('sha256')
    .update(`${content.type}\n${said}${words.join('')}`)
    .digest('hex');
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

/** Tells of each prompt whether somebody has listened to what it says, read with these readings. */
export function heardBySomebody(db: Database) {
  return async (
    said: readonly { readonly prompt: Prompt }[],
    readings: readonly Reading[],
  ): Promise<readonly boolean[]> => {
    const hashes = said.map(({ prompt }) => contentHash(prompt, readings));
    const heard = await heardHashes(db, hashes);
    return hashes.map((hash) => heard.has(hash));
  };
}
