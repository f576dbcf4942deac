import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { connectDatabase, type Database } from './connect.ts';
import { migrate } from './migrate.ts';

/** Names the test PostgreSQL's own database; set by tests/setup/postgres.ts for every worker. */
export const TEST_POSTGRES_ENV = 'MADOGUCHI_TEST_POSTGRES';
const TEMPLATE = 'madoguchi_template';

export type TestDatabase = {
  readonly url: string;
  readonly db: Database;
  /** Closes `db` and drops the database. Fails where a connection was leaked: PostgreSQL refuses to drop what is in use. */
  drop(): Promise<void>;
};

/** A fresh, migrated database of its own, cloned from the template: for tests only. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env[TEST_POSTGRES_ENV];
  if (server === undefined)
    throw new Error('no test PostgreSQL: run the tests through npm test or vitest.config.ts');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name} template ${TEMPLATE}`);
  const url = withDatabase(server, name);
  const db = connectDatabase(url, { onIdleError: () => undefined });
  return {
    url,
    db,
    async drop() {
      await db.destroy();
      await dropPatiently(server, name);
    },
  };
}

/** Makes the template once a run: called by the global set-up. */
export async function createTemplateDatabase(server: string): Promise<void> {
  await administer(server, `create database ${TEMPLATE}`);
  const db = connectDatabase(withDatabase(server, TEMPLATE), { onIdleError: () => undefined });
  await migrate(db);
  await db.destroy();
}

/** Every row of every table, as text: for what must lie nowhere. */
export async function everyRow(db: Database): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db);
  const dump = rows.map(async ({ name }) => {
    const { rows: all } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(
      db,
    );
    // A row in text form doubles the quotation marks of the JSON in it.
    return [name, all.map(({ row }) => row.replaceAll('""', '"')).join('\n')] as const;
  });
  return Object.fromEntries(await Promise.all(dump));
}

/** A backend takes a moment to go after its client closed; one that is still there after 2 s was leaked. */
async function dropPatiently(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    for (let attempt = 0; attempt < 40; attempt++) {
      const { rowCount } = await client.query('select 1 from pg_stat_activity where datname = $1', [name]);
      if (rowCount === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await client.query(`drop database ${name}`);
  } finally {
    await client.end();
  }
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server.replace('@/', '@socket/'));
  url.pathname = `/${name}`;
  return url.toString().replace('@socket/', '@/');
}
