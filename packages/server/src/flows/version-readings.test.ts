import { BundleDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { contentSha256 } from './publishing/freeze.ts';
import { readingChanges, readingsOfVersion, withReadings } from './version-readings.ts';

const tulip = { surface: '鬱金香', reading: 'チューリップ' };
const turmeric = { surface: '鬱金香', reading: 'ウコンコウ' };
const levy = { surface: '賦課', reading: 'フカ' };

function saying(text: string) {
  return BundleDraftSchema.parse({
    bundleId: 'test',
    entryFlowId: 'main',
    flows: {
      main: {
        languageVersion: LANGUAGE_VERSION,
        id: 'main',
        name: '賦課のフロー',
        startNodeId: 'end',
        nodes: { end: { kind: 'end', title: '賦課の終わり', farewell: { type: 'text', text } } },
      },
    },
  });
}

const words = saying('鬱金香の窓口です。');
const published = withReadings(words, [levy, tulip]);

test('a version takes along the readings of the words that it says, and a changed one is other content to be approved', () => {
  expect(published.readings).toEqual([tulip]);
  expect(contentSha256(withReadings(words, [turmeric]))).not.toBe(contentSha256(published));
  expect(contentSha256(withReadings(words, [{ ...levy, reading: 'フッカ' }, tulip]))).toBe(
    contentSha256(published),
  );
});

test('a word of its texts stays as it was published; others, which only values can hold, are read as now', () => {
  expect(readingsOfVersion(published, [levy, turmeric])).toEqual([tulip, levy]);
  expect(readingsOfVersion(published, [levy])).toEqual([tulip, levy]);
  const without = withReadings(words, []);
  expect(readingsOfVersion(without, [levy, tulip])).toEqual([levy]);
});

test('versions whose words nobody changed are read with the very readings of now', () => {
  expect(readingsOfVersion(published, [levy, tulip])).toEqual([tulip, levy]);
  expect(readingsOfVersion(saying('こんにちは。'), [levy, turmeric])).toEqual([levy, turmeric]);
});

test('the changes name the words that are read otherwise, entered or taken away, and no others', () => {
  const both = saying('鬱金香の賦課です。');
  const before = withReadings(both, [levy, tulip]);
  expect(readingChanges(before, withReadings(both, [turmeric]))).toEqual([
    { surface: '賦課', before: 'フカ', after: null },
    { surface: '鬱金香', before: 'チューリップ', after: 'ウコンコウ' },
  ]);
  expect(readingChanges(before, withReadings(saying('鬱金香です。'), [levy, tulip]))).toEqual([]);
  expect(readingChanges(null, published)).toEqual([
    { surface: '鬱金香', before: null, after: 'チューリップ' },
  ]);
  // One of before heard every change when it was made.
  expect(readingChanges(words, published)).toEqual([]);
});
