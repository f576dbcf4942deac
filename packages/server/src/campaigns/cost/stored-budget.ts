import type { Database } from '../../database/index.ts';
import { type Changed, changedOf } from '../who-changed.ts';
import { type Budget, BudgetSchema } from './budget.ts';

export async function readBudget(
  db: Database,
): Promise<{ readonly budget: Budget; readonly changed: Changed }> {
  const row = await db
    .selectFrom('campaign_budget as b')
    .leftJoin('person as p', 'p.id', 'b.changed_by')
    .selectAll('b')
    .select('p.name as changer')
    .executeTakeFirstOrThrow();
  return { budget: BudgetSchema.parse(row.budget), changed: changedOf(row) };
}

/** @returns false where somebody changed it since `version` */
export async function saveBudget(
  trx: Database,
  budget: Budget,
  version: number,
  deed: { readonly person: string; readonly at: Date },
): Promise<boolean> {
  const row = await trx
    .updateTable('campaign_budget')
    .set({
      budget: JSON.stringify(budget),
      changed_at: deed.at,
      changed_by: deed.person,
      version: version + 1,
    })
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}
