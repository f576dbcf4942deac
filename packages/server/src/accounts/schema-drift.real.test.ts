import { getMigrations } from 'better-auth/db/migration';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { optionsOf } from './create-auth.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

test("our migration holds exactly the tables that better-auth's own generator wants", async () => {
  const warnings: string[] = [];
  const options = optionsOf({
    db: database.db,
    settings: { secret: 'x'.repeat(40), origins: ['http://127.0.0.1:8080'], secureCookies: false },
    clock: { now: () => 0 },
    log: pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) }),
  });
  const wanted = await getMigrations(options);
  expect({
    tables: wanted.toBeCreated,
    columns: wanted.toBeAdded,
    indexes: wanted.toBeAddedIndexes,
    problems: wanted.schemaProblems,
    warnings,
  }).toEqual({ tables: [], columns: [], indexes: [], problems: [], warnings: [] });
});
