import type { Database } from '../../database/index.ts';
import { type Changed, changedOf } from '../who-changed.ts';
import { DEFAULT_OUTCOME_TABLE } from './default-outcome-table.ts';
import { type OutcomeTable, OutcomeTableSchema } from './outcome-of.ts';

/** The table of a trunk. `changed` null: nobody has given it one of its own, the default counts. */
export async function readOutcomeTable(
  db: Database,
  trunkId: string,
): Promise<{ readonly rules: OutcomeTable; readonly changed: Changed | null }> {
  const row = await db
    .selectFrom('outcome_table as t')
    .leftJoin('person as p', 'p.id', 't.changed_by')
    .selectAll('t')
    .select('p.name as changer')
    .where('t.trunk_id', '=', trunkId)
    .executeTakeFirst();
  if (row === undefined) return { rules: DEFAULT_OUTCOME_TABLE, changed: null };
  return { rules: OutcomeTableSchema.parse(row.rules), changed: changedOf(row) };
}

/**
 * Gives a trunk a table of its own (`version` null), or changes it; rules null: it follows the default again.
 * @returns false where somebody changed it since
 */
export async function saveOutcomeTable(
  trx: Database,
  trunkId: string,
  rules: OutcomeTable | null,
  version: number | null,
  deed: { readonly person: string; readonly at: Date },
): Promise<boolean> {
  const changes = { changed_at: deed.at, changed_by: deed.person };
  if (rules === null) {
    const gone = await trx
      .deleteFrom('outcome_table')
      .where('trunk_id', '=', trunkId)
      .where('version', '=', version ?? 0)
      .returning('version')
      .executeTakeFirst();
    return gone !== undefined;
  }
  const row =
    version === null
      ? await trx
          .insertInto('outcome_table')
          .values({ trunk_id: trunkId, rules: JSON.stringify(rules), ...changes })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await trx
          .updateTable('outcome_table')
          .set({ rules: JSON.stringify(rules), ...changes, version: version + 1 })
          .where('trunk_id', '=', trunkId)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return row !== undefined;
}
