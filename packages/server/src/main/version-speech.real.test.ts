import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleDraftSchema, LANGUAGE_VERSION, loadPublished, type Reading, VOICE_IDS } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { storedReadings } from '../announcements/index.ts';
import { systemClock } from '../clock.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { prepareInForce, publishFlow, versionsInForce } from '../flows/index.ts';
import { testTools } from '../speech/testing/test-tools.ts';
import { findSpeech, type OpenedSpeech, openSpeech, type SpeechOfNow } from './open-speech.ts';
import { openVersionSpeech, type VersionSpeech } from './version-speech.ts';

const NUMBER = '0725001001';
const WORD = '鬱金香';
const WORDS = `${WORD}の窓口です。`;
const PARTS = [{ type: 'fixed' as const, text: WORDS }];

let folder: string;
let database: TestDatabase;
let settings: Parameters<typeof openSpeech>[0];
let speech: VersionSpeech;
const warnings: string[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-readings-'));
  database = await createTestDatabase();
  const promptsDir = join(folder, 'prompts');
  settings = { speech: await testTools(), promptsDir, uploadsDir: join(folder, 'uploads') };
  await database.db
    .insertInto('phone_number')
    .values({ phone_number: NUMBER, name: '試験', state: 'live', bundle_id: null })
    .execute();
});
afterEach(() => {
  speech?.close();
  warnings.length = 0;
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

function saying(
  bundleId: string,
  { readings, voice }: { readings?: readonly Reading[]; voice?: string } = {},
) {
  const nodes = { end: { kind: 'end', farewell: { type: 'text', text: WORDS } } };
  const main = {
    languageVersion: LANGUAGE_VERSION,
    id: 'main',
    name: 'main',
    startNodeId: 'end',
    nodes,
    voice,
  };
  return BundleDraftSchema.parse({ bundleId, entryFlowId: 'main', flows: { main }, readings });
}

/** The telephone process begins, or begins again. */
async function start(
  open = ({ readings, usualVoice }: SpeechOfNow) => openSpeech(settings, readings, { usualVoice }),
): Promise<VersionSpeech> {
  const { db } = database;
  return await openVersionSpeech({
    spoken: await spokenNow(),
    open,
    find: ({ readings, usualVoice }) => findSpeech(settings, readings, { usualVoice }),
    versions: async () => [...(await versionsInForce(db)).values()].filter((version) => version !== null),
    prepare: (promptsFor) => prepareInForce({ db, promptsFor }, () => undefined),
    cacheDir: settings.promptsDir,
    log,
  });
}

async function spokenNow(): Promise<SpeechOfNow> {
  return { readings: await storedReadings(database.db), usualVoice: 'mei' };
}

/** A clerk changes how the word is read; the telephone hears of it. */
async function enter(reading: string): Promise<void> {
  const { db } = database;
  const row = { surface: WORD, reading };
  await db
    .insertInto('reading')
    .values(row)
    .onConflict((conflict) => conflict.column('surface').doUpdateSet({ reading }))
    .execute();
  await speech?.follow(await spokenNow());
}

async function publish(bundleId: string): Promise<void> {
  const parts = { db: database.db, prompts: speech.now, clock: systemClock };
  const target = { phoneNumber: NUMBER, name: '試験', comment: '' };
  expect(await publishFlow(parts, saying(bundleId), target)).toMatchObject({ ok: true });
}

/** A version as the telephone reads it from the records. */
async function version(bundleId: string) {
  const { bundle } = await database.db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirstOrThrow();
  return loadPublished(bundle);
}

/** What a caller of the version hears: the samples. */
const heardOf = async (bundleId: string) =>
  (await speech.promptsFor(await version(bundleId)).preview(PARTS)).toString('base64');
const soundsMade = async () =>
  (await readdir(join(settings.promptsDir, 'fixed'), { recursive: true })).length;
const dictionaries = async () =>
  (await readdir(settings.promptsDir)).filter((name) => name.startsWith('dictionary-')).length;

test('callers hear a version as it was published, whatever staff change afterwards: until the next one, after going back, and after a restart', async () => {
  await enter('チューリップ');
  speech = await start();
  await publish('first');
  const tulip = await heardOf('first');

  await enter('ウコンコウ');
  expect(await heardOf('first')).toBe(tulip);
  // What staff switch on beside the versions is said as staff say it now.
  const turmeric = (await speech.promptsFor(null).preview(PARTS)).toString('base64');
  expect(turmeric).not.toBe(tulip);

  await publish('second');
  const made = await soundsMade();
  await speech.openCompiled([await version('second')]);
  expect(await heardOf('second')).toBe(turmeric);
  // Going back: the version comes into force again.
  await speech.openCompiled([await version('first')]);
  await database.db
    .updateTable('phone_number')
    .set({ bundle_id: 'first' })
    .where('phone_number', '=', NUMBER)
    .execute();
  await speech.follow(await spokenNow());
  expect(await heardOf('first')).toBe(tulip);

  speech.close();
  speech = await start();
  expect([await heardOf('first'), await heardOf('second')]).toEqual([tulip, turmeric]);
  // Neither a sound nor a dictionary was made while a call asked.
  expect([await soundsMade(), await dictionaries()]).toEqual([made, 2]);
  expect(warnings).toEqual([]);
}, 60_000);

test('callers hear the voice that a version names; one that is not here is spoken in the usual voice, and the log says so once', async () => {
  speech = await start();
  const heard = async (voice?: string) => {
    const version = loadPublished(saying(`in ${voice ?? 'usual'}`, voice === undefined ? {} : { voice }));
    return (await speech.promptsFor(version).preview(PARTS)).toString('base64');
  };
  const usual = await heard();
  const voices = await Promise.all(VOICE_IDS.map(heard));
  expect(new Set(voices).size).toBe(VOICE_IDS.length);
  expect(voices[0]).toBe(usual);
  expect(warnings).toEqual([]);
  expect(await heard('robot')).toBe(usual);
  expect(await heard('robot')).toBe(usual);
  expect(warnings).toHaveLength(1);
}, 60_000);

test('once staff choose another usual voice, it speaks where nothing else is chosen, and the chosen one elsewhere', async () => {
  speech = await start();
  const heard = async (voice?: string) =>
    (
      await speech
        .promptsFor(loadPublished(saying('usual', voice === undefined ? {} : { voice })))
        .soundsFor(PARTS)
    )[0];
  const before = await heard();
  expect(before).toBe(await heard('mei'));
  await speech.follow({ ...(await spokenNow()), usualVoice: 'nitech' });
  expect(await heard()).toBe(await heard('nitech'));
  expect(await heard('mei')).toBe(before);
  expect(before).not.toBe(await heard());
  expect(await speech.now.soundsFor(PARTS)).toEqual([await heard()]);
}, 60_000);

/** A store that only tells its readings. */
function toldStore({ readings }: SpeechOfNow): OpenedSpeech {
  const name = readings.map(({ reading }) => reading).join();
  const nothing = () => Promise.resolve();
  const store = {
    credit: '',
    dictionaryKey: name,
    soundsFor: () => Promise.resolve([name]),
    prepare: nothing,
    audioIds: () => Promise.resolve([]),
    preview: () => Promise.resolve(Buffer.from(name)),
    forgetValues: nothing,
    close: () => undefined,
  };
  return { ...store, in: () => store };
}

const sounds = (bundle: ReturnType<typeof saying>) =>
  speech.promptsFor(loadPublished(bundle)).soundsFor(PARTS);

test('a version of before, which took no readings along, follows every change as it always did', async () => {
  await enter('ウコンコウ');
  speech = await start(async (set) => toldStore(set));
  expect(await sounds(saying('before'))).toEqual(['ウコンコウ']);
  await enter('ウッコンコウ');
  expect(await sounds(saying('before'))).toEqual(['ウッコンコウ']);
});

test('versions whose words nobody changed share one dictionary, in whatever order their words come', async () => {
  await enter('ウコンコウ');
  const opened: string[] = [];
  speech = await start(async (set) => {
    opened.push(set.readings.map(({ surface }) => surface).join());
    return toldStore(set);
  });
  await publish('shared');
  const word = { surface: WORD, reading: 'ウコンコウ' };
  const other = { surface: '和泉', reading: 'イズミ' };
  const now = (...readings: readonly Reading[]): SpeechOfNow => ({ readings, usualVoice: 'mei' });
  await speech.follow(now(word));
  opened.length = 0;
  await speech.follow(now(other, word));
  await speech.follow(now(word, other));
  expect(opened).toHaveLength(1);
  expect(await sounds(saying('shared', { readings: [word] }))).toEqual(await speech.now.soundsFor(PARTS));
  expect(warnings).toEqual([]);
});

test('where a version’s readings are not ready, callers hear those of now and the log says so once', async () => {
  await enter('ウコンコウ');
  speech = await start(async (set) => toldStore(set));
  const unready = saying('unready', { readings: [{ surface: WORD, reading: 'ミジュンビ' }] });
  expect([await sounds(unready), await sounds(unready)]).toEqual([['ウコンコウ'], ['ウコンコウ']]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).not.toContain('ミジュンビ');
});

test('readings that cannot be taken over leave the telephone as it was', async () => {
  await enter('ウコンコウ');
  let isFull = false;
  speech = await start((set) =>
    isFull ? Promise.reject(new Error('the disk is full')) : Promise.resolve(toldStore(set)),
  );
  isFull = true;
  await enter('ウッコンコウ');
  expect(await speech.now.soundsFor(PARTS)).toEqual(['ウコンコウ']);
  isFull = false;
  await enter('ウッコンコウ');
  expect(await speech.now.soundsFor(PARTS)).toEqual(['ウッコンコウ']);
});
