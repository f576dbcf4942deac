import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compileDictionary } from './dictionary/compile-dictionary.ts';
import { normaliseText, normaliseValue } from './normalise/normalise.ts';
import { traceReadings } from './reading-trace.ts';
import type { SpeechTools } from './speech-tools.ts';
import { testDictionaryCache, testTools } from './testing/test-tools.ts';

const PhraseSchema = z
  .tuple([
    z.enum([
      'term',
      'date',
      'time',
      'amount',
      'number',
      'telephone',
      'digits',
      'address',
      'symbol',
      'latin',
      'variant',
      'sentence',
    ]),
    z.enum(['izumi', 'ina', 'trial', 'usage']),
    z.enum(['text', 'digits', 'telephone', 'date', 'time', 'amount', 'number']),
    z.string().min(1),
    z.string().regex(/^[ァ-ヴー ]+$/u),
  ])
  .transform(([category, source, readAs, text, reading]) => ({ category, source, readAs, text, reading }));

async function readPhrases() {
  const file = await readFile(new URL('phrases.tsv', import.meta.url), 'utf8');
  return file
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => PhraseSchema.parse(line.split('\t')));
}

/** ヲ and オ, ヂ and ジ, ヅ and ズ are one sound each. */
function sameSound(reading: string): string {
  return reading.replaceAll(' ', '').replaceAll('ヲ', 'オ').replaceAll('ヂ', 'ジ').replaceAll('ヅ', 'ズ');
}

let tools: SpeechTools;

beforeAll(async () => {
  const base = await testTools();
  const { dir } = await compileDictionary({ tools: base, cacheDir: testDictionaryCache(), entries: [] });
  tools = { ...base, dictionaryDir: dir };
});

test('at least 150 different municipal phrases stand written down with their reading', async () => {
  const phrases = await readPhrases();
  expect(new Set(phrases.map(({ readAs, text }) => `${readAs} ${text}`)).size).toBe(phrases.length);
  expect(phrases.length).toBeGreaterThanOrEqual(150);
});

test('every phrase is pronounced as written down', async () => {
  const phrases = await readPhrases();
  const readings = await traceReadings(
    tools,
    phrases.map(({ text, readAs }) =>
      readAs === 'text' ? normaliseText(text) : normaliseValue(text, readAs),
    ),
  );
  const heard = phrases.map(({ text }, index) => `${text}: ${sameSound(readings[index] ?? '')}`);
  expect(heard).toEqual(phrases.map(({ text, reading }) => `${text}: ${sameSound(reading)}`));
});

test('a word that staff enter is read as they say from then on, also over a municipal term', async () => {
  const base = await testTools();
  const entries = [
    { surface: '窓口太郎課', reading: 'まどぐちじろうか' },
    { surface: '納期限', reading: 'シメキリ', accent: 0 },
    { surface: 'QX9号館', reading: 'キューエックスキューゴーカン' },
  ];
  const { dir } = await compileDictionary({ tools: base, cacheDir: testDictionaryCache(), entries });
  const texts = ['窓口太郎課の納期限です', 'QX9号館へ'].map(normaliseText);
  expect(await traceReadings({ ...base, dictionaryDir: dir }, texts)).toEqual([
    'マドグチジローカノシメキリデス',
    'キューエックスキューゴーカンエ',
  ]);
});
