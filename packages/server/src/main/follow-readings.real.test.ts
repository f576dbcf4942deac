import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { changingPrompts } from '../speech/index.ts';
import { testTools } from '../speech/testing/test-tools.ts';
import { followReadings } from './follow-readings.ts';
import { openSpeech } from './open-speech.ts';

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-readings-'));
  database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const WORDS = '鬱金香の窓口です。';

async function inForce(): Promise<void> {
  const bundle = BundleDraftSchema.parse({
    bundleId: 'tulips',
    entryFlowId: 'main',
    flows: {
      main: {
        languageVersion: LANGUAGE_VERSION,
        id: 'main',
        name: 'main',
        startNodeId: 'end',
        nodes: { end: { kind: 'end', farewell: { type: 'text', text: WORDS } } },
      },
    },
  });
  await database.db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'tulips', name: '試験', bundle: JSON.stringify(bundle) })
    .execute();
  await database.db
    .insertInto('phone_number')
    .values({ phone_number: '0725001001', name: '試験', state: 'live', bundle_id: 'tulips' })
    .execute();
}

test('a word that staff change reaches the telephone without a restart, ready before any call asks for it', async () => {
  await inForce();
  const promptsDir = join(folder, 'prompts');
  const settings = { speech: await testTools(), promptsDir, uploadsDir: join(folder, 'uploads') };
  const fixedSounds = async () => (await readdir(join(promptsDir, 'fixed'), { recursive: true })).length;
  const parts = [{ type: 'fixed' as const, text: WORDS }];
  const first = await openSpeech(settings, []);
  const prompts = changingPrompts(first);
  const follow = followReadings({
    first: { readings: [], dictionaryKey: first.dictionaryKey },
    prompts,
    open: (readings) => openSpeech(settings, readings),
    db: database.db,
    cacheDir: promptsDir,
    log: pino({ level: 'silent' }),
  });
  const before = await prompts.preview(parts);
  const beforeSounds = await prompts.soundsFor(parts);

  await follow([{ surface: '鬱金香', reading: 'チューリップ' }]);
  const made = await fixedSounds();
  expect(await prompts.soundsFor(parts)).not.toEqual(beforeSounds);
  expect(await fixedSounds()).toBe(made);
  expect((await prompts.preview(parts)).equals(before)).toBe(false);

  // The same readings again cost nothing; taken back, callers hear what they heard.
  await follow([{ surface: '鬱金香', reading: 'チューリップ' }]);
  await follow([{ surface: '鬱金香', reading: 'ウコンコウ' }]);
  await follow([]);
  expect(await prompts.soundsFor(parts)).toEqual(beforeSounds);
  const dictionaries = (await readdir(promptsDir)).filter((name) => name.startsWith('dictionary-'));
  expect(dictionaries.length).toBeLessThanOrEqual(2);
  prompts.close();
}, 60_000);

test('readings that cannot be taken over leave the telephone as it was', async () => {
  const promptsDir = join(folder, 'broken');
  const settings = { speech: await testTools(), promptsDir, uploadsDir: join(folder, 'uploads') };
  const first = await openSpeech(settings, []);
  const prompts = changingPrompts(first);
  const follow = followReadings({
    first: { readings: [], dictionaryKey: first.dictionaryKey },
    prompts,
    open: () => Promise.reject(new Error('the disk is full')),
    db: database.db,
    cacheDir: promptsDir,
    log: pino({ level: 'silent' }),
  });
  const parts = [{ type: 'fixed' as const, text: WORDS }];
  const before = await prompts.soundsFor(parts);
  await follow([{ surface: '鬱金香', reading: 'チューリップ' }]);
  expect(await prompts.soundsFor(parts)).toEqual(before);
  prompts.close();
}, 60_000);
