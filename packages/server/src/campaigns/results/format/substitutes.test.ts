import { expect, test } from 'vitest';
import { isWritableInCp932 } from './cp932.ts';
import { codePointsOf, withSubstitutes } from './substitutes.ts';

test('a character that CP932 lacks becomes 〓 and is named, once for each place', () => {
  expect(withSubstitutes('𠮷田𠮷男', {})).toEqual({
    text: '〓田〓男',
    replaced: [
      { character: '𠮷', substitute: '〓' },
      { character: '𠮷', substitute: '〓' },
    ],
  });
});

test("staff's own substitute comes before 〓, also for a character with its variation selector", () => {
  const own = { 𠮷: '吉', '葛\u{E0100}': 'カツ' };
  expect(withSubstitutes('𠮷田', own).text).toBe('吉田');
  expect(withSubstitutes('葛\u{E0100}城', own)).toEqual({
    text: 'カツ城',
    replaced: [{ character: '葛\u{E0100}', substitute: 'カツ' }],
  });
});

test('of a variant the same character without its selector is left, and that is told too', () => {
  expect(withSubstitutes('葛\u{E0101}城市', {})).toEqual({
    text: '葛城市',
    replaced: [{ character: '葛\u{E0101}', substitute: '葛' }],
  });
  expect(codePointsOf('葛\u{E0101}')).toBe('U+845B U+E0101');
});

test('signs that mean the same are taken for one another, and a separate ゛ is joined', () => {
  expect(withSubstitutes('9〜20時−か\u3099', {}).text).toBe('9～20時－が');
});

test('a substitute that cannot be written either is not used', () => {
  expect(withSubstitutes('𠮷', { 𠮷: '𡈽' }).text).toBe('〓');
  expect(isWritableInCp932(withSubstitutes('\u{E0100}é한👪🏽', { é: 'é' }).text)).toBe(true);
});

test('外字 of the user-defined area and 髙 need no substitute', () => {
  expect(withSubstitutes('\uE000\uE757髙﨑', {}).replaced).toEqual([]);
});
