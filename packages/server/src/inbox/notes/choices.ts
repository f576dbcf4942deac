import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type {
  NoteChoiceList,
  NoteChoices,
  NoteChoicesChangeSchema,
  NoteKind,
} from '../../http/inbox-contract.ts';
import { changedMeanwhile } from '../changed-meanwhile.ts';

/** What notes offer to choose from, in staff's order. */
export async function readChoices(db: Database): Promise<NoteChoices> {
  return { category: await readList(db, 'category'), result: await readList(db, 'result') };
}

async function readList(db: Database, kind: NoteKind): Promise<NoteChoiceList> {
  const { version } = await db
    .selectFrom('note_choice_list')
    .select('version')
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  const choices = await db
    .selectFrom('note_choice')
    .select(['choice_id', 'label', 'hidden'])
    .where('kind', '=', kind)
    .orderBy('position')
    .orderBy('choice_id')
    .execute();
  return {
    version,
    choices: choices.map(({ choice_id, label, hidden }) => ({ choiceId: choice_id, label, hidden })),
  };
}

/**
 * Puts a list into its new order and words. Notes name choices by their id: a renamed one is renamed in old notes too, and none is
 * ever deleted. Call it in a transaction. @throws Refusal 409 where somebody else saved the list meanwhile.
 */
export async function changeChoices(
  trx: Database,
  { kind, version, choices }: z.infer<typeof NoteChoicesChangeSchema>,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('note_choice_list')
    .set({ version: sql`version + 1` })
    .where('kind', '=', kind)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw changedMeanwhile();
  await trx
    .updateTable('note_choice')
    .set({ hidden: true, position: sql`position + 1000` })
    .where('kind', '=', kind)
    .execute();
  for (const [at, { choiceId, label, hidden }] of choices.entries()) {
    const position = at + 1;
    if (choiceId === null) {
      await trx
        .insertInto('note_choice')
        .values({ choice_id: randomUUID(), kind, label, hidden, position })
        .execute();
    } else {
      await trx
        .updateTable('note_choice')
        .set({ label, hidden, position })
        .where('choice_id', '=', choiceId)
        .where('kind', '=', kind)
        .execute();
    }
  }
}
