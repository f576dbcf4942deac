import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** The pool behind each database that was opened here, for `answeringWithin`. */
const pools = new WeakMap<Database, pg.Pool>();

export function poolOf(db: Database): pg.Pool {
  const pool = pools.get(db);
  if (pool === undefined) throw new Error('not a database that connectDatabase opened');
  return pool;
}

// int8 (change ids, counts) fits a double for the next 9·10^15 rows; a string would only be mistaken for text.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
// A date is a Japanese business day, no instant: it stays the text 'YYYY-MM-DD'.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/**
 * Opens a pool on `url` (also a Unix socket: `postgresql://user@/name?host=/directory`).
 * @param onIdleError told when a connection breaks; the pool replaces it by itself.
 */
export function connectDatabase(
  url: string,
  { maxConnections = 8, onIdleError }: { maxConnections?: number; onIdleError: (error: Error) => void },
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'madoguchi',
  });
  // A client that breaks while it is lent out tells nobody but its own listeners; unheard, the error would end the process.
  pool.on('connect', (client) => client.on('error', onIdleError));
  // The pool repeats what its idle clients said.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return db;
}
