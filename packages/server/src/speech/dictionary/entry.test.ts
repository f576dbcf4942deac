import { expect, test } from 'vitest';
import { DictionaryEntrySchema, lexiconSurface, moraeOf, pronunciationOf, usableEntries } from './entry.ts';
import { MUNICIPAL_TERMS } from './municipal-terms.ts';

test('staff may write readings in hiragana, half-width or with blanks', () => {
  for (const reading of ['のうきげん', 'ノウキゲン', 'ﾉｳｷｹﾞﾝ', 'のうき げん']) {
    expect(DictionaryEntrySchema.parse({ surface: '納期限', reading }).reading).toBe('ノウキゲン');
  }
});

test.each([
  [{ surface: '納期限', reading: '納期限' }, /カタカナかひらがな/u],
  [{ surface: '納期限', reading: '' }, /カタカナかひらがな/u],
  [{ surface: '納期限', reading: 'ーノキ' }, /カタカナかひらがな/u],
  [{ surface: '', reading: 'ノウキ' }, /表記を入力/u],
  [{ surface: '納\n期', reading: 'ノウキ' }, /改行/u],
  [{ surface: '※', reading: 'コメ' }, /文字か数字/u],
  [{ surface: '納期限', reading: 'ノウキゲン', accent: 6 }, /アクセント/u],
])('a wrong entry is refused with the way to mend it: %j', (entry, message) => {
  const checked = DictionaryEntrySchema.safeParse(entry);
  expect(checked.error?.issues.map((issue) => issue.message).join()).toMatch(message);
});

test('a wrong entry is left out and named by its place, never by its words; the others are used', () => {
  const { entries, refused } = usableEntries([
    { surface: '窓口太郎課', reading: 'まどぐちじろうか' },
    { surface: '秘密の名前', reading: '漢字' },
    { surface: '', reading: 'ノウキ' },
    { surface: '納期限', reading: 'シメキリ' },
  ]);
  expect(entries).toEqual([
    { surface: '窓口太郎課', reading: 'マドグチジロウカ' },
    { surface: '納期限', reading: 'シメキリ' },
  ]);
  expect(refused.map(({ place }) => place)).toEqual([2, 3]);
  expect(refused[0]?.problem).toMatch(/カタカナかひらがな/u);
  expect(JSON.stringify(refused)).not.toMatch(/秘密|漢字/u);
});

test('long vowels are pronounced long in Japanese words and kept in foreign ones', () => {
  expect(pronunciationOf({ surface: '納期限', reading: 'ノウキゲン' })).toBe('ノーキゲン');
  expect(pronunciationOf({ surface: '令和', reading: 'レイワ' })).toBe('レーワ');
  expect(pronunciationOf({ surface: 'PayPay', reading: 'ペイペイ' })).toBe('ペイペイ');
});

test('small kana make no mora of their own, ッ ン ー do', () => {
  expect(moraeOf('シュッサンイクジ')).toBe(7);
  expect(moraeOf('ノーキゲン')).toBe(5);
});

test('letters are looked up full-width, as Open JTalk has them', () => {
  expect(lexiconSurface('PayPay')).toBe('ＰａｙＰａｙ');
  expect(lexiconSurface('髙島')).toBe('高島');
});

test('every municipal term is a valid entry', () => {
  for (const term of MUNICIPAL_TERMS) expect(DictionaryEntrySchema.safeParse(term).success).toBe(true);
});
