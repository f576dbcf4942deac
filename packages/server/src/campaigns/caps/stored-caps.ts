import type { Database } from '../../database/index.ts';
import { type Changed, changedOf } from '../who-changed.ts';
import { type ContactCaps, ContactCapsSchema } from './contact-caps.ts';

export async function readContactCaps(db: Database): Promise<{
  readonly caps: ContactCaps;
  readonly changed: Changed;
}> {
  const row = await db
    .selectFrom('contact_cap as c')
    .leftJoin('person as p', 'p.id', 'c.changed_by')
    .selectAll('c')
    .select('p.name as changer')
    .executeTakeFirstOrThrow();
  return { caps: ContactCapsSchema.parse(row.caps), changed: changedOf(row) };
}

/** @returns false where somebody changed them since `version` */
export async function saveContactCaps(
  trx: Database,
  caps: ContactCaps,
  version: number,
  deed: { readonly person: string; readonly at: Date },
): Promise<boolean> {
  const row = await trx
    .updateTable('contact_cap')
    .set({ caps: JSON.stringify(caps), changed_at: deed.at, changed_by: deed.person, version: version + 1 })
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}
