import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Preparable, SayPart } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileDictionary } from './dictionary/compile-dictionary.ts';
import { decodeMuLaw } from './g711.ts';
import { speechLevelDb, TARGET_LEVEL_DB } from './loudness.ts';
import { createOpenJtalk } from './open-jtalk.ts';
import type { Synthesiser } from './port.ts';
import { createPrompts, type PromptSettings, type PromptStore } from './prompts.ts';
import { SpeechError } from './speech-error.ts';
import { testDictionaryCache, testTools } from './testing/test-tools.ts';
import { createWorkPool, type WorkPool } from './work-pool.ts';

let folder: string;
let synthesiser: Synthesiser;
/** How often each reading was really synthesised. */
const synthesised: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-prompts-'));
  const tools = await testTools();
  const dictionary = await compileDictionary({ tools, cacheDir: testDictionaryCache(), entries: [] });
  const openJtalk = await createOpenJtalk({ tools, dictionary });
  synthesiser = {
    ...openJtalk,
    synthesise(reading, wavPath, signal) {
      synthesised.push(reading);
      return openJtalk.synthesise(reading, wavPath, signal);
    },
  };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function store(
  cacheDir: string,
  used = synthesiser,
  options: Partial<PromptSettings> = {},
): Promise<PromptStore> {
  return createPrompts({
    voice: { usual: used, slower: used },
    ...options,
    tools: await testTools(),
    cacheDir,
    audioDir: join(folder, 'audio'),
  });
}

const fixed = (text: string): SayPart => ({ type: 'fixed', text });
const usual = (...parts: readonly SayPart[]): Preparable => ({ parts, speed: 'usual' });
const seconds = (muLaw: Buffer) => muLaw.length / 8_000;

test('an announcement becomes one telephone sound for each sentence, in both laws, of the same loudness', async () => {
  const prompts = await store(join(folder, 'sounds'));
  const sounds = await prompts.soundsFor([fixed('納期限のお知らせです。お電話ありがとうございます。')]);
  expect(sounds).toHaveLength(2);
  for (const sound of sounds) {
    const muLaw = await readFile(`${sound}.ulaw`);
    expect((await stat(`${sound}.alaw`)).size).toBe(muLaw.length);
    expect(seconds(muLaw)).toBeGreaterThan(1);
    expect(seconds(muLaw)).toBeLessThan(4);
    expect(Math.abs(speechLevelDb(decodeMuLaw(muLaw)) - TARGET_LEVEL_DB)).toBeLessThan(1.5);
  }
});

test('what was made once is not made again, also by another process', async () => {
  const cacheDir = join(folder, 'again');
  const parts = [fixed('保険証の切り替えについて。')];
  const first = await (await store(cacheDir)).soundsFor(parts);
  const before = synthesised.length;
  expect(await (await store(cacheDir)).soundsFor(parts)).toEqual(first);
  expect(synthesised.length).toBe(before);
});

test('twenty calls that ask for the same new sentence at once make it once', async () => {
  const prompts = await store(join(folder, 'once'));
  const before = synthesised.length;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => prompts.soundsFor([fixed('ただいま電話が込み合っております。')])),
  );
  expect(synthesised.length).toBe(before + 1);
  expect(new Set(answers.flat()).size).toBe(1);
});

test('a value is read by its rule and joined with what follows', async () => {
  const prompts = await store(join(folder, 'value'));
  const before = synthesised.length;
  const sounds = await prompts.soundsFor([
    fixed('納付額は'),
    { type: 'value', name: 'amount', text: '12800', readAs: 'amount' },
    fixed('円です。'),
  ]);
  expect(sounds).toHaveLength(3);
  expect(synthesised.slice(before).toSorted()).toEqual(['12800円', 'です。', '納付額は'].toSorted());
});

test('text with nothing to say gives no sound', async () => {
  const prompts = await store(join(folder, 'nothing'));
  expect(await prompts.soundsFor([fixed(''), fixed('　※・…。'), fixed('【】\n')])).toEqual([]);
});

test('a value in letters that the voice lacks is passed over, an announcement in such letters is refused', async () => {
  const prompts = await store(join(folder, 'unspeakable'));
  const name: SayPart = { type: 'value', name: 'name', text: '你们', readAs: 'text' };
  expect(await prompts.soundsFor([name, fixed('様。')])).toHaveLength(1);
  await expect(prompts.prepare([usual(fixed('你们'))])).rejects.toMatchObject({
    code: 'unspeakable',
    message: expect.stringContaining('「你们」'),
  });
});

test('a value whose sound takes too long is passed over and told without its words, an announcement that does is an error', async () => {
  const lost: string[] = [];
  const slow = {
    ...synthesiser,
    synthesise(reading: string, wavPath: string) {
      if (!reading.includes('遅い')) return synthesiser.synthesise(reading, wavPath);
      return Promise.reject(new SpeechError('timedOut', '音声の作成に時間がかかりすぎました。'));
    },
  };
  const prompts = await store(join(folder, 'slow'), slow, { onValueLost: (code) => lost.push(code) });
  const value: SayPart = { type: 'value', name: 'name', text: '遅い名前', readAs: 'text' };
  expect(await prompts.soundsFor([fixed('こちらは'), value, fixed('窓口です。')])).toHaveLength(2);
  expect(lost).toEqual(['timedOut']);
  await expect(prompts.soundsFor([fixed('遅い案内です。')])).rejects.toMatchObject({ code: 'timedOut' });
});

test('a caller who wants it slower hears what cannot be made slower at the usual pace', async () => {
  const broken = {
    ...synthesiser,
    fingerprintOf: () => 'broken',
    synthesise: () => Promise.reject(new SpeechError('timedOut', '')),
  };
  const voice = { usual: synthesiser, slower: broken };
  const prompts = await store(join(folder, 'broken'), synthesiser, { voice });
  const parts = [fixed('窓口は二階です。')];
  expect(await prompts.soundsFor(parts, 'slower')).toEqual(await prompts.soundsFor(parts));
  await expect(prompts.prepare([{ parts, speed: 'slower' }])).rejects.toMatchObject({ code: 'timedOut' });
});

test('every sound waits for a place in the pool, so that a burst of calls starts no more programs than it has', async () => {
  const places = createWorkPool(1);
  let conversions = 0;
  const pool: WorkPool = {
    run(work, signal) {
      conversions += 1;
      return places.run(work, signal);
    },
  };
  const prompts = await store(join(folder, 'pool'), synthesiser, { pool });
  const leave = Promise.withResolvers<void>();
  const occupied = places.run(() => leave.promise);
  let ready = false;
  const sounds = prompts.soundsFor([fixed('一つ。二つ。')]).finally(() => {
    ready = true;
  });
  while (conversions < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(ready).toBe(false);
  leave.resolve();
  await occupied;
  expect(await sounds).toHaveLength(2);
});

test('preparing makes all fixed sentences before a flow is published and tells how far it is', async () => {
  const prompts = await store(join(folder, 'prepare'));
  const progress: string[] = [];
  await prompts.prepare(
    [
      usual(fixed('一つ目です。二つ目です。')),
      usual(fixed('二つ目です。'), { type: 'value', name: 'x', text: '3', readAs: 'number' }, fixed('番。')),
    ],
    { onProgress: (done, total) => progress.push(`${done}/${total}`) },
  );
  // The third is 番。 for a call in which nothing has set the value.
  expect(progress).toEqual(['0/3', '1/3', '2/3', '3/3']);
  const before = synthesised.length;
  await prompts.soundsFor([fixed('一つ目です。二つ目です。')]);
  await prompts.soundsFor([fixed('二つ目です。'), fixed('番。')]);
  expect(synthesised.length).toBe(before);
});

test('preparing fails where an uploaded sound is missing', async () => {
  const prompts = await store(join(folder, 'missing'));
  await expect(prompts.prepare([usual({ type: 'audio', audioId: 'gone' })])).rejects.toMatchObject({
    code: 'audioMissing',
  });
  await expect(prompts.soundsFor([{ type: 'audio', audioId: '../secret' }])).rejects.toMatchObject({
    code: 'audioMissing',
  });
});

test('an empty or half-lost sound file is made anew', async () => {
  const prompts = await store(join(folder, 'corrupt'));
  const parts = [fixed('もう一度どうぞ。')];
  const [sound = ''] = await prompts.soundsFor(parts);
  const whole = (await stat(`${sound}.ulaw`)).size;
  await truncate(`${sound}.ulaw`, 0);
  await prompts.soundsFor(parts);
  expect((await stat(`${sound}.ulaw`)).size).toBe(whole);
  for (const law of ['ulaw', 'alaw']) await truncate(`${sound}.${law}`, 0);
  await prompts.soundsFor(parts);
  expect((await stat(`${sound}.ulaw`)).size).toBe(whole);
  await rm(`${sound}.alaw`);
  await prompts.soundsFor(parts);
  expect((await stat(`${sound}.alaw`)).size).toBe(whole);
});

test('a cache that cannot be written gives a clear error, and sounds that are there still play', async () => {
  await writeFile(join(folder, 'a-file'), '');
  const blocked = await store(join(folder, 'a-file', 'cache'));
  await expect(blocked.soundsFor([fixed('録音します。')])).rejects.toMatchObject({
    code: 'cacheUnwritable',
    message: expect.stringContaining('書き込めません'),
  });
});

test('sound that the disk could not hold is never taken for whole', async () => {
  const short = {
    ...synthesiser,
    async synthesise(reading: string, wavPath: string) {
      await synthesiser.synthesise(reading, wavPath);
      await truncate(wavPath, 44);
    },
  };
  const prompts = await store(join(folder, 'short'), short);
  await expect(prompts.soundsFor([fixed('空きがありません。')])).rejects.toMatchObject({
    code: 'toolFailed',
  });
  expect(await readdir(join(folder, 'short', 'unfinished'))).toEqual([]);
});

test('sounds of values are forgotten after their time, fixed ones stay', async () => {
  const prompts = await store(join(folder, 'forget'));
  const [greeting = '', name = ''] = await prompts.soundsFor([
    fixed('こんにちは。'),
    { type: 'value', name: 'name', text: '山田', readAs: 'text' },
  ]);
  const made = new Date('2026-01-01T00:00:00Z');
  for (const path of [greeting, name]) await utimes(`${path}.ulaw`, made, made);
  await prompts.forgetValues(new Date('2026-01-02T00:00:00Z'));
  await expect(stat(`${name}.ulaw`)).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await stat(`${greeting}.ulaw`)).size).toBeGreaterThan(0);
});

test('the sound of a secret value bears another name each time, and is forgotten sooner than other values', async () => {
  const prompts = await store(join(folder, 'secret'));
  const birthDate = { type: 'value', name: 'b', text: '1980-01-31', readAs: 'date', secret: true } as const;
  const { secret: _, ...open } = birthDate;
  const [once = ''] = await prompts.soundsFor([birthDate]);
  const [again = ''] = await prompts.soundsFor([birthDate]);
  const [known = ''] = await prompts.soundsFor([open]);
  expect(again).not.toBe(once);
  const made = new Date('2026-01-01T00:00:00Z');
  for (const path of [once, again, known]) await utimes(`${path}.ulaw`, made, made);
  await prompts.forgetValues(new Date('2025-12-31T00:00:00Z'), new Date('2026-01-01T00:02:00Z'));
  for (const path of [once, again]) {
    await expect(stat(`${path}.ulaw`)).rejects.toMatchObject({ code: 'ENOENT' });
  }
  expect((await stat(`${known}.ulaw`)).size).toBeGreaterThan(0);
});

test('staff hear the whole announcement as one WAV', async () => {
  const prompts = await store(join(folder, 'preview'));
  const wav = await prompts.preview([fixed('一番を押してください。')]);
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
  expect(wav.readUInt32LE(24)).toBe(8_000);
  expect(wav.length).toBeGreaterThan(16_000);
});
