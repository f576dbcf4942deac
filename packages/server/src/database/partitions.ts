import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** Months ('YYYY-MM') whose partitions this process knows to exist, per database. */
const known = new WeakMap<Database, Set<string>>();

/** Makes sure that the partitions of the given days exist, with one month ahead. Costs nothing for a month seen before. */
export async function ensurePartitions(db: Database, days: readonly string[]): Promise<void> {
  let months = known.get(db);
  if (months === undefined) {
    months = new Set();
    known.set(db, months);
  }
  for (const month of new Set(days.map((day) => day.slice(0, 7)))) {
    if (months.has(month)) continue;
    await sql`select ensure_partitions(${`${month}-01`}::date, 1)`.execute(db);
    months.add(month);
  }
}
