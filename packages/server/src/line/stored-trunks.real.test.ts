import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Trunk, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, everyRow, type TestDatabase } from '../database/test-database.ts';
import { createSeal, newSealKeys, type Seal } from '../seal.ts';
import { sealTrunk } from './sealed-trunk.ts';
import {
  keepTrunks,
  type LeftOut,
  loadTrunks,
  readKeptTrunks,
  readTrunks,
  sealStoredPasswords,
} from './stored-trunks.ts';

const PASSWORDS = ['never-to-lie-open-1', 'never-to-lie-open-2'] as const;
const NUMBERS = trunk('numbers', PASSWORDS);
const OTHER = trunk('other', ['never-to-lie-open-3']);

const keys = newSealKeys();
const seal = createSeal(keys);
const log = { error: () => undefined, warn: () => undefined };
let database: TestDatabase;
let stateDir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  stateDir = await mkdtemp(join(tmpdir(), 'trunks-'));
});
beforeEach(async () => {
  await database.db.deleteFrom('trunk').execute();
});
afterAll(async () => {
  await database?.drop();
  await rm(stateDir, { recursive: true, force: true });
});

function trunk(id: string, passwords: readonly string[]): Trunk {
  return trunkOfProfile('register050', {
    id,
    name: '050の回線',
    host: `${id}.example.jp`,
    accounts: passwords.map((password, at) => ({
      number: `0725001${at}0${passwords.length}`,
      user: `u${at}`,
      password,
    })),
  });
}

async function lay(settings: string, trunkId: string, position = 0): Promise<void> {
  await database.db
    .insertInto('trunk')
    .values({ trunk_id: trunkId, position, settings, changed_by: 'somebody' })
    .execute();
}

async function serving(by: Seal): Promise<{ trunks: readonly Trunk[]; leftOut: readonly LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const trunks = await readTrunks(database.db, by, (each) => leftOut.push(each));
  return { trunks, leftOut };
}

/** Everything that lies in PostgreSQL and beside the telephone's state. */
async function everything(): Promise<string> {
  const files = await Promise.all(
    (await readdir(stateDir)).map((name) => readFile(join(stateDir, name), 'utf8')),
  );
  return [...Object.values(await everyRow(database.db)), ...files].join('\n');
}

test('a house of before has open passwords: it works on, and after the next start they lie open in no table and no file', async () => {
  await lay(JSON.stringify(NUMBERS), NUMBERS.id);
  expect(await everything()).toContain(PASSWORDS[0]);
  expect((await serving(seal)).trunks).toEqual([NUMBERS]);
  await sealStoredPasswords(database.db, seal);
  expect(await loadTrunks(database.db, stateDir, seal, log)).toEqual([NUMBERS]);
  expect(await readKeptTrunks(stateDir, seal)).toEqual([NUMBERS]);
  expect((await stat(join(stateDir, 'trunks.json'))).mode & 0o777).toBe(0o600);
  const all = await everything();
  expect(all).toContain('sealedWith');
  for (const password of PASSWORDS) expect(all).not.toContain(password);
  const row = await database.db.selectFrom('trunk').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ version: 1, changed_by: 'somebody' });
});

test('with a new key in front, the next start seals everything anew, and the earlier key may go', async () => {
  await lay(sealTrunk(NUMBERS, seal), NUMBERS.id);
  const [fresh] = newSealKeys();
  if (fresh === undefined) throw new Error('no key was made');
  const changed = createSeal([fresh, ...keys]);
  expect((await serving(changed)).trunks).toEqual([NUMBERS]);
  await sealStoredPasswords(database.db, changed);
  expect((await serving(createSeal([fresh]))).trunks).toEqual([NUMBERS]);
});

test('where the key of a trunk is lost, that trunk alone is left out, with its reason, and comes back with the key', async () => {
  const another = createSeal(newSealKeys());
  await lay(sealTrunk(NUMBERS, seal), NUMBERS.id);
  await lay(sealTrunk(OTHER, another), OTHER.id, 1);
  await sealStoredPasswords(database.db, another);
  expect(await serving(another)).toEqual({
    trunks: [OTHER],
    leftOut: [{ trunkId: NUMBERS.id, reason: 'passwordsLost' }],
  });
  expect((await serving(seal)).trunks).toEqual([NUMBERS]);
  await keepTrunks(stateDir, [NUMBERS], seal);
  expect(await readKeptTrunks(stateDir, another)).toEqual([]);
});

test('a password that was copied to another trunk or another account does not open', async () => {
  const sealed = sealTrunk(NUMBERS, seal);
  await lay(sealed.replaceAll(`"${NUMBERS.id}"`, '"thief"'), 'thief');
  await lay(sealed.replaceAll('"u0"', '"thief"'), NUMBERS.id, 1);
  expect((await serving(seal)).leftOut.map(({ reason }) => reason)).toEqual([
    'passwordsLost',
    'passwordsLost',
  ]);
});

test('settings of a newer version are left out with the names of their fields alone', async () => {
  await lay(sealTrunk(NUMBERS, seal), NUMBERS.id);
  await sql`update trunk set settings = jsonb_set(settings, '{transport}', '"carrier-pigeon"')`.execute(
    database.db,
  );
  await sealStoredPasswords(database.db, seal);
  expect(await serving(seal)).toEqual({
    trunks: [],
    leftOut: [{ trunkId: NUMBERS.id, reason: 'unreadable', fields: ['transport'] }],
  });
});
