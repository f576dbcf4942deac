import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { type Database, poolOf } from './connect.ts';
import { PlanKeepingClient } from './kept-plan.ts';
import type { Tables } from './tables.ts';

/** No connection was to be had in time. */
export class DatabaseSilentError extends Error {
  readonly code = 'databaseSilent';
}

/**
 * The same database, by the same pool, for work that must not wait for a PostgreSQL that neither answers nor refuses (a cut network, a
 * frozen machine): a statement or transaction that takes longer than `limitMs` fails, and its connection is destroyed, so that nobody
 * waits on it again. What it had asked for may have been done: only for work that is safe to repeat. Closed with `db`.
 */
export function answeringWithin(db: Database, limitMs: number): Database {
  const pool = poolOf(db);
  const lending = {
    connect: async () => new PlanKeepingClient(await lend(pool, limitMs)),
    end: () => Promise.resolve(),
  };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: lending }) });
}

async function lend(pool: pg.Pool, limitMs: number): Promise<pg.PoolClient> {
  const dueMs = performance.now() + limitMs;
  const client = await connectWithin(pool, limitMs);
  const giveBack = client.release.bind(client);
  let lent = true;
  const timer = setTimeout(() => {
    lent = false;
    // Ends the socket, which fails what waits for an answer on it.
    giveBack(true);
  }, dueMs - performance.now());
  client.release = () => {
    if (!lent) return;
    lent = false;
    clearTimeout(timer);
    giveBack();
  };
  return client;
}

function connectWithin(pool: pg.Pool, limitMs: number): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new DatabaseSilentError('no connection to PostgreSQL in time'));
    }, limitMs);
    pool.connect().then(
      (client) => {
        clearTimeout(timer);
        if (late) client.release();
        else resolve(client);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
