import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompiledDictionary, compileDictionary } from './dictionary/compile-dictionary.ts';
import { createOpenJtalk } from './open-jtalk.ts';
import type { SpeechTools } from './speech-tools.ts';
import { testDictionaryCache, testTools } from './testing/test-tools.ts';
import { createWorkPool } from './work-pool.ts';

let folder: string;
let tools: SpeechTools;
let dictionary: CompiledDictionary;
/** Stands for a program that hangs. */
let sleeper: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-open-jtalk-'));
  tools = await testTools();
  dictionary = await compileDictionary({ tools, cacheDir: testDictionaryCache(), entries: [] });
  sleeper = join(folder, 'sleeper');
  await writeFile(sleeper, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const SENTENCE = '国民健康保険の資格の届出については1を、保険料の納付については2を押してください。';

test('speaks 48 kHz mono at a pace that elderly callers can follow, without clipping', async () => {
  const wavPath = join(folder, 'pace.wav');
  await (await createOpenJtalk({ tools, dictionary })).synthesise(SENTENCE, wavPath);
  const wav = await readFile(wavPath);
  expect(wav.readUInt32LE(24)).toBe(48_000);
  expect(wav.readUInt16LE(22)).toBe(1);
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) >> 1);
  const first = samples.findIndex((sample) => Math.abs(sample) > 300);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > 300);
  // 51 morae, one breath included.
  const moraePerSecond = 51 / ((last - first) / 48_000);
  expect(moraePerSecond).toBeGreaterThan(5.5);
  expect(moraePerSecond).toBeLessThan(6.5);
  expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(32_700);
});

test('a program that hangs is given up after the time-out', async () => {
  const stuck = await createOpenJtalk({
    tools: { ...tools, openJtalk: sleeper },
    dictionary,
    timeoutMs: 100,
  });
  await expect(stuck.synthesise('こんにちは。', join(folder, 'x.wav'))).rejects.toMatchObject({
    code: 'timedOut',
  });
});

test('an abort ends the running program and empties the queue', async () => {
  const stuck = await createOpenJtalk({
    tools: { ...tools, openJtalk: sleeper },
    dictionary,
    pool: createWorkPool(1),
  });
  const abort = new AbortController();
  const both = ['一', '二'].map((reading) => stuck.synthesise(reading, join(folder, 'y.wav'), abort.signal));
  abort.abort();
  const outcomes = await Promise.allSettled(both);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'aborted' } });
  }
});

test('a missing program or voice is told in words for staff', async () => {
  const missing = await createOpenJtalk({
    tools: { ...tools, openJtalk: join(folder, 'nowhere') },
    dictionary,
  });
  await expect(missing.synthesise('あ。', join(folder, 'z.wav'))).rejects.toMatchObject({
    code: 'toolFailed',
  });
  await expect(
    createOpenJtalk({
      tools: { ...tools, voices: { ...tools.voices, mei: join(folder, 'no') } },
      dictionary,
    }),
  ).rejects.toMatchObject({
    code: 'toolFailed',
    message: expect.stringContaining('声のファイル'),
  });
});

test('another pace, or another dictionary, makes other sounds: the fingerprint tells them apart', async () => {
  const fingerprints = await Promise.all([
    createOpenJtalk({ tools, dictionary }),
    createOpenJtalk({ tools, dictionary, rate: 1 }),
    createOpenJtalk({ tools, dictionary: { ...dictionary, keyFor: () => 'other' } }),
  ]);
  expect(new Set(fingerprints.map((voice) => voice.fingerprintOf('あ。'))).size).toBe(3);
});

test('a word that a sentence does not say makes no difference to its sound: the same fingerprint means the same samples', async () => {
  const entries = [{ surface: '鬱金香', reading: 'チューリップ' }];
  const other = await compileDictionary({ tools, cacheDir: testDictionaryCache(), entries });
  const voices = await Promise.all(
    [dictionary, other].map((each) => createOpenJtalk({ tools, dictionary: each })),
  );
  const sounds = async (sentence: string) =>
    await Promise.all(
      voices.map(async (voice, index) => {
        const path = join(folder, `words-${index}.wav`);
        await voice.synthesise(sentence, path);
        return { fingerprint: voice.fingerprintOf(sentence), samples: await readFile(path) };
      }),
    );
  const [one, same] = await sounds(SENTENCE);
  expect(same).toEqual(one);
  const [wrong, right] = await sounds('鬱金香の窓口です。');
  expect(right?.fingerprint).not.toBe(wrong?.fingerprint);
  expect(right?.samples.equals(wrong?.samples ?? Buffer.alloc(0))).toBe(false);
});
