import type { Database } from '../database/index.ts';

/** Hosts of the city's own pages, in the order in which staff named them, and who changed them. */
export async function readOwnHosts(db: Database) {
  return await db
    .selectFrom('own_hosts as h')
    .leftJoin('person as p', 'p.id', 'h.changed_by')
    .selectAll('h')
    .select('p.name as changer')
    .executeTakeFirstOrThrow();
}

/** @returns false where somebody changed them since `version` */
export async function saveOwnHosts(
  trx: Database,
  hosts: readonly string[],
  version: number,
  deed: { readonly person: string; readonly at: Date },
): Promise<boolean> {
  const row = await trx
    .updateTable('own_hosts')
    .set({ hosts: [...hosts], changed_at: deed.at, changed_by: deed.person, version: version + 1 })
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}
