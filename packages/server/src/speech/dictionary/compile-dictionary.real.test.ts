import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SpeechTools } from '../speech-tools.ts';
import { testTools } from '../testing/test-tools.ts';
import { compileDictionary, findDictionary, pruneDictionaries } from './compile-dictionary.ts';

let cacheDir: string;
let tools: SpeechTools;

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'madoguchi-dictionary-'));
  tools = await testTools();
});

afterAll(() => rm(cacheDir, { recursive: true, force: true }));

const entry = { surface: '延滞税課', reading: 'エンタイゼーカ' };

test('the same words give the same dictionary, built once even when asked for twice at once', async () => {
  const [first, second] = await Promise.all([
    compileDictionary({ tools, cacheDir, entries: [entry] }),
    compileDictionary({ tools, cacheDir, entries: [entry] }),
  ]);
  expect([second.dir, second.key]).toEqual([first.dir, first.key]);
  const built = (await stat(join(first.dir, 'sys.dic'))).mtimeMs;
  expect((await compileDictionary({ tools, cacheDir, entries: [entry] })).dir).toBe(first.dir);
  expect((await stat(join(first.dir, 'sys.dic'))).mtimeMs).toBe(built);
  expect(await readdir(cacheDir)).toEqual([`dictionary-${first.key}`]);
});

test('dictionaries that nobody has wanted for long are removed, the others stay', async () => {
  const kept = await compileDictionary({ tools, cacheDir, entries: [entry] });
  await writeFile(join(cacheDir, 'other-file'), '');
  const [before, later] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
  await pruneDictionaries(cacheDir, new Set([kept.key]), later);
  await pruneDictionaries(cacheDir, new Set(), before);
  expect((await readdir(cacheDir)).toSorted()).toEqual([`dictionary-${kept.key}`, 'other-file']);
  expect((await findDictionary({ tools, cacheDir, entries: [entry] }))?.dir).toBe(kept.dir);
  await pruneDictionaries(cacheDir, new Set(), later);
  expect(await readdir(cacheDir)).toEqual(['other-file']);
  expect(await findDictionary({ tools, cacheDir, entries: [entry] })).toBeNull();
});

test('a wrong entry is named, a compiler that fails is told', async () => {
  await expect(
    compileDictionary({ tools, cacheDir, entries: [{ surface: '窓口', reading: '窓' }] }),
  ).rejects.toMatchObject({
    code: 'dictionaryInvalid',
    message: expect.stringContaining('「窓口」'),
  });
  const broken = { ...tools, dictIndex: process.execPath };
  await expect(compileDictionary({ tools: broken, cacheDir, entries: [entry] })).rejects.toMatchObject({
    code: 'toolFailed',
  });
  const left = (await readdir(cacheDir)).filter((name) => name.startsWith('dictionary-'));
  expect(left.every((name) => /^dictionary-[0-9a-f]{32}$/.test(name))).toBe(true);
});
