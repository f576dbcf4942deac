import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBatch } from '../calls/write-batch.ts';
import { answeringWithin } from './answering-within.ts';
import { connectDatabase, type Database } from './connect.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let one: Database;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  // One connection: plans belong to it.
  one = connectDatabase(database.url, { maxConnections: 1, onIdleError: () => undefined });
  db = answeringWithin(one, 20_000);
});
afterAll(async () => {
  await one.destroy();
  await database.drop();
});

/** What PostgreSQL itself says of the connection. */
async function plansHeld(): Promise<readonly { readonly name: string; readonly kept: boolean }[]> {
  const { rows } = await sql<{ name: string; kept: boolean }>`
    select name, generic_plans > 0 as kept from pg_prepared_statements order by name`.execute(one);
  return rows;
}

test('groups of call events are written by a plan that PostgreSQL made once, other statements leave none behind', async () => {
  const nothing = {
    events: [],
    summaries: [],
    sms: [],
    recordings: [],
    callBacks: [],
    answers: [],
    contacts: [],
  };
  for (let group = 0; group < 10; group++) {
    await writeBatch(db, nothing);
    await sql`select ${group}::integer`.execute(db);
  }
  expect(await plansHeld()).toEqual([{ name: 'write-batch', kept: true }]);
});

test('a statement with a kept plan gives its rows anew for each value, counts what it changed, and fails as any other', async () => {
  const doubled = async (value: number | string) =>
    (
      await sql<{
        twice: number;
      }>`/* keep the plan of doubling */ select ${value}::integer * 2 as twice`.execute(db)
    ).rows;
  expect([await doubled(1), await doubled(21)]).toEqual([[{ twice: 2 }], [{ twice: 42 }]]);
  await expect(doubled('no number')).rejects.toMatchObject({ code: '22P02' });
  await sql`create table counted as select generate_series(1, 3) as n`.execute(one);
  const removed =
    await sql`/* keep the plan of removing */ delete from counted where n > ${1}::integer`.execute(db);
  expect(removed.numAffectedRows).toBe(2n);
});
