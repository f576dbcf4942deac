import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatenatedPartUnits, longestTextUnits, singlePartUnits, splitText } from './split-text.ts';

const character = fc.oneof(
  fc.constantFrom('あ', '納', 'Ａ', 'a', '\n', '𠮷', '𩸽', '😀', '👩‍👩‍👧', '🇯🇵', 'が'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.array(character, { maxLength: 400, size: 'max' }).map((characters) => characters.join(''));

test('a text cut into parts is the same text when joined, and no part breaks a character in two', () => {
  fc.assert(
    fc.property(text, (value) => {
      const parts = splitText(value);
      expect(parts.join('')).toBe(value);
      expect(parts.every((part) => part.isWellFormed())).toBe(true);
      const limit = parts.length === 1 ? singlePartUnits : concatenatedPartUnits;
      expect(parts.every((part) => part.length <= limit)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a surrogate pair at every part boundary moves whole into the next part', () => {
  for (let offset = 0; offset <= concatenatedPartUnits; offset += 1) {
    const value = `${'あ'.repeat(offset)}${'𠮷'.repeat(300)}`;
    const parts = splitText(value);
    expect(parts.join('')).toBe(value);
    expect(parts.every((part) => part.isWellFormed() && part.length <= concatenatedPartUnits)).toBe(true);
  }
});

test('every text of 660 units fits ten parts', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('あ', '𠮷'), { minLength: 660, maxLength: 660 }), (characters) => {
      const value = characters.join('').slice(0, longestTextUnits);
      expect(splitText(value).length).toBeLessThanOrEqual(10);
    }),
  );
});

test('70 full-width characters need one part, 71 need two', () => {
  expect(splitText('あ'.repeat(70))).toHaveLength(1);
  expect(splitText('あ'.repeat(71)).map((part) => part.length)).toEqual([67, 4]);
});

test('half a surrogate pair becomes a replacement character instead of spoiling the text', () => {
  expect(splitText('前\ud842後')).toEqual(['前\ufffd後']);
});
