import { BUILTIN_VALUES } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { valueWord, withValueWords } from './value-words.ts';

test('a text to be looked at says its values in Japanese, and those that staff named by their names', () => {
  expect(withValueWords('{{calledName}}です。{{通知書番号}}を伺います。')).toBe(
    '［かかってきた番号の名前］です。［通知書番号］を伺います。',
  );
  expect(withValueWords('納期限は{{納期限|date}}です。')).toBe('納期限は［納期限］です。');
  expect(withValueWords('ただいま閉庁しています。')).toBe('ただいま閉庁しています。');
});

test('every value that every call has is called by a Japanese word', () => {
  expect(Object.keys(BUILTIN_VALUES).filter((name) => valueWord(name) === null)).toEqual([]);
});
