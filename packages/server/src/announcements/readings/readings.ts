import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { ReadingList } from '../../http/announcement-contract.ts';
import { Refusal } from '../../http/index.ts';
import { changedMeanwhile, namesOf } from '../../inbox/index.ts';
import { type DictionaryEntry, DictionaryEntrySchema, readingsIn } from '../../speech/index.ts';
import type { StoredReading } from '../listening/listening.ts';
import type { UsedFlows } from '../used-flows.ts';
import { heardOtherwise, wordsRemoved } from './heard-otherwise.ts';

/** Staff's reading dictionary as it is stored. */
export async function storedReadings(db: Database): Promise<readonly StoredReading[]> {
  return await db.selectFrom('reading').select(['surface', 'reading']).orderBy('surface').execute();
}

/** What is typed, as it is to be stored. @throws Refusal 400 with the reason in words. */
export function checkedReading(typed: StoredReading): DictionaryEntry {
  const checked = DictionaryEntrySchema.safeParse(typed);
  if (checked.success) return checked.data;
  throw new Refusal(400, 'badReading', checked.error.issues[0]?.message ?? '読みが正しくありません。');
}

/** All words, by surface, with what says them and where callers hear them otherwise as yet. */
export async function listReadings(db: Database, flows: UsedFlows): Promise<ReadingList> {
  const rows = await db.selectFrom('reading').selectAll().orderBy('surface').execute();
  const announcements = await db
    .selectFrom('announcement')
    .select(['name', sql<string | null>`content->>'text'`.as('text')])
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute();
  const used = await flows.read();
  const versions = await flows.spoken();
  const nameOf = await namesOf(
    db,
    rows.map((row) => row.changed_by),
  );
  const says = (surface: string, texts: readonly string[]) =>
    readingsIn(texts, [{ surface, reading: '' }]).length > 0;
  const readings = rows.map(({ surface, reading, version, updated_at, changed_by }) => ({
    surface,
    reading,
    version,
    changedAt: updated_at.toISOString(),
    changedBy: nameOf(changed_by)?.name ?? null,
    announcements: announcements.flatMap(({ name, text }) =>
      text !== null && says(surface, [text]) ? [name] : [],
    ),
    flows: [...new Set(used.flatMap(({ flowName, texts }) => (says(surface, texts) ? [flowName] : [])))],
    heardOtherwise: heardOtherwise(surface, reading, versions),
  }));
  const removed = wordsRemoved(rows, versions).map((surface) => ({
    surface,
    heardOtherwise: heardOtherwise(surface, null, versions),
  }));
  return { readings, removed };
}

/**
 * Adds a word, or changes it. The telephone hears of it by the table's trigger. Call it in the transaction that audits it.
 * @throws Refusal 409 where it is there already, or somebody else was quicker.
 */
export async function saveReading(
  trx: Database,
  {
    entry,
    version,
    personId,
    at,
  }: { entry: DictionaryEntry; version: number | null; personId: string; at: Date },
): Promise<void> {
  const set = { reading: entry.reading, updated_at: at, changed_by: personId };
  if (version === null) {
    const added = await trx
      .insertInto('reading')
      .values({ surface: entry.surface, ...set })
      .onConflict((conflict) => conflict.doNothing())
      .returning('surface')
      .executeTakeFirst();
    if (added === undefined) {
      throw new Refusal(
        409,
        'readingExists',
        'この言葉は、すでに登録されています。一覧から選んで、読みを変更してください。',
      );
    }
    return;
  }
  const { numUpdatedRows } = await trx
    .updateTable('reading')
    .set({ ...set, version: sql`version + 1` })
    .where('surface', '=', entry.surface)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw changedMeanwhile();
}

/** @throws Refusal 409 where it is not what the clerk looked at. */
export async function removeReading(trx: Database, surface: string, version: number): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('reading')
    .where('surface', '=', surface)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw changedMeanwhile();
}
