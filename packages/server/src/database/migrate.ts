import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './connect.ts';

const FOLDER = join(import.meta.dirname, 'migrations');
/** Any fixed number: whoever migrates holds this advisory lock, so that processes started together do not collide. */
const LOCK_KEY = 7_250_081;

/** A migration on disk is not the one that was applied: somebody edited history. */
export class MigrationChangedError extends Error {
  readonly code = 'migrationChanged';
  readonly migration: string;
  constructor(migration: string) {
    super(`migration ${migration} was changed after it had been applied`);
    this.migration = migration;
  }
}

/**
 * Applies the numbered `.sql` files that are not applied yet, each in a transaction of its own, in order of their names.
 * @returns names of the files applied now.
 */
export async function migrate(db: Database): Promise<readonly string[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK_KEY})`.execute(connection);
    try {
      await sql`create table if not exists schema_migration (
        name text primary key, sha256 text not null, applied_at timestamptz not null default now())`.execute(
        connection,
      );
      const applied = new Map(
        (await connection.selectFrom('schema_migration').select(['name', 'sha256']).execute()).map((row) => [
          row.name,
          row.sha256,
        ]),
      );
      const now: string[] = [];
      for (const name of names) {
        const text = await readFile(join(FOLDER, name), 'utf8');
        const sha256 = createHash('sha256').update(text).digest('hex');
        const known = applied.get(name);
        if (known !== undefined && known !== sha256) throw new MigrationChangedError(name);
        if (known !== undefined) continue;
        await connection.transaction().execute(async (trx) => {
          await sql.raw(text).execute(trx);
          await trx.insertInto('schema_migration').values({ name, sha256 }).execute();
        });
        now.push(name);
      }
      return now;
    } finally {
      await sql`select pg_advisory_unlock(${LOCK_KEY})`.execute(connection);
    }
  });
}
