import type { Database } from '../database/index.ts';
import type { PersonShown } from '../http/inbox-contract.ts';

/** Stands for somebody whose account is gone: what they did stays. */
const GONE = '登録のない職員';

/** Names of people by id, for ids that may be null or of accounts that are gone. */
export async function namesOf(
  db: Database,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => PersonShown | null> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rows =
    wanted.length === 0
      ? []
      : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', wanted).execute();
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (id) => (id === null ? null : { personId: id, name: names.get(id) ?? GONE });
}

/** Everybody who may deal with the inbox, by name. */
export async function listPeople(db: Database): Promise<PersonShown[]> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('suspended', '=', false)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name }) => ({ personId: id, name }));
}
