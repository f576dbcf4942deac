import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitSentences } from './sentences.ts';

/** Open JTalk makes ASCII full-width before it counts. */
const bytesForOpenJtalk = (sentence: string) => [...sentence].length * 4;

test('each sentence is spoken by itself, with its own ending', () => {
  expect(splitSentences('納期限のお知らせです。よろしいですか？はい')).toEqual([
    '納期限のお知らせです。',
    'よろしいですか？',
    'はい',
  ]);
});

test('no line feed reaches Open JTalk, which would drop what follows', () => {
  expect(splitSentences('一行目\r\n二行目\n\n三行目')).toEqual(['一行目', '二行目', '三行目']);
});

test('nothing to say gives no sentence, so that no noise is made', () => {
  expect(['', ' ', '。', '、、。', '？\n。', '…', 'ー', '안녕'].flatMap(splitSentences)).toEqual([]);
});

test('a long sentence is cut at a pause rather than within words', () => {
  const clause = '国民健康保険の資格の届出に必要なものをお持ちのうえ窓口へお越しください';
  const pieces = splitSentences(Array(12).fill(clause).join('、'));
  expect(pieces.length).toBeGreaterThan(1);
  for (const piece of pieces)
    expect(
      piece
        .replace(/、$/u, '')
        .split('、')
        .every((part) => part === clause),
    ).toBe(true);
});

test('a long run without pauses is cut, and no figure or kana word is torn', () => {
  const pieces = splitSentences('今日はゼロイチニーサン12345様の番号です'.repeat(30));
  expect(pieces.length).toBeGreaterThan(1);
  // The two letters on both sides of each cut.
  for (const cut of pieces.slice(1).map((piece, at) => `${pieces[at]?.at(-1)}${piece[0]}`)) {
    expect(cut).not.toMatch(/\d\d|[ァ-ヶー]{2}/u);
  }
});

test('whatever the text, nothing is lost and every sentence fits', () => {
  const text = fc.array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('。', '、', '納期限', 'ゼロ', '123', '𠮷')),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(text, (pieces) => {
      const whole = pieces.join('');
      const sentences = splitSentences(whole);
      for (const sentence of sentences) expect(bytesForOpenJtalk(sentence)).toBeLessThan(1_000);
      const letters = (value: string) =>
        [...value].filter((letter) => /[\p{Script=Han}ぁ-んァ-ヶA-Za-z0-9]/u.test(letter)).join('');
      expect(letters(sentences.join(''))).toBe(letters(whole));
    }),
  );
});
