import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseText, normaliseValue } from './normalise.ts';

test.each([
  ['2026/13/45', '2026スラッシュ13スラッシュ45'],
  ['R8.1.31', '令和8年1月31日'],
  ['H32.1.1', 'H32.1.1'],
  ['令和1年', '令和元年'],
  ['1月1日間', '1月1日間'],
  ['9:60', '9、60'],
  ['1/2以上', '2ぶんの1以上'],
  ['3/4(水)', '3月4日、水曜日'],
  ['4/10以降', '4月10日以降'],
  ['1/5の受付', '1月5日の受付'],
  ['3/4の受付', '3月4日の受付'],
  ['5/8に', '5月8日に'],
  ['10,5', '10、5'],
  ['1,2,3', '1、2、3'],
  ['高い方の額', '高い方の額'],
  ['あちらの方へ', 'あちらの方へ'],
  ['65歳以上の方へ', '65歳以上のかたへ'],
  ['上の方へ', '上の方へ'],
  ['世帯主の方へ', '世帯主のかたへ'],
  ['利用した方がよい', '利用した方がよい'],
  ['年・月・日', '年、月、日'],
  ['本庁舎3F', '本庁舎3階'],
  ['¥1,000-', '1000円'],
  ['-5℃', 'マイナス5度'],
  ['A-4', 'エー、4'],
  ['3-5日', '3から5日'],
  ['2～3名様', '2から3名様'],
  ['受付は9:00〜', '受付は9時から'],
  ['は〜い', 'はーい'],
  ['0725 00 8128', 'ゼロナナニーゴーの、ゼロゼロの、ハチイチニーハチ'],
  ['12 34', '12、34'],
])('%s is written as %s', (text, expected) => {
  expect(normaliseText(text)).toBe(expected);
});

test('the same number is read the same whichever hyphen it is typed with', () => {
  const spoken = [
    '0725-00-8128',
    '０７２５－００－８１２８',
    '0725‐00‐8128',
    '0725–00–8128',
    '0725−00−8128',
    '0725ー00ー8128',
  ];
  expect(new Set(spoken.map(normaliseText)).size).toBe(1);
});

test('a number of the city is never taken for a date, a sum or a house number', () => {
  expect(normaliseText('お問い合わせは0725-00-8128まで')).toBe(
    'お問い合わせはゼロナナニーゴーの、ゼロゼロの、ハチイチニーハチまで',
  );
});

test.each([
  ['date', '明日'],
  ['time', '未定'],
  ['amount', 'なし'],
  ['number', '多数'],
  ['telephone', '非通知'],
  ['digits', '不明'],
] as const)('a %s value that is none is read as text', (readAs, value) => {
  expect(normaliseValue(value, readAs)).toBe(value);
});

test.each([
  ['time', '2026-01-31T17:15:00+09:00', '17時15分'],
  ['time', '2575', '2575'],
  ['date', '2026-02-30', '2026の02の30'],
  ['amount', '1億2,345万円', '1億2345万円'],
  ['amount', '¥0', '0円'],
  ['number', '0012', '12'],
  ['number', '12345678901234567', '12345678901234567'],
  ['telephone', '0725001001', 'ゼロナナニーゴーの、ゼロゼロの、イチゼロゼロイチ'],
  ['digits', '1234567890', 'イチニーサンヨン、ゴーロクナナハチ、キューゼロ'],
] as const)('%s value %s is written as %s', (readAs, value, expected) => {
  expect(normaliseValue(value, readAs)).toBe(expected);
});

const municipalText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '令和',
        '8年',
        '1/31',
        '9:00',
        '〜',
        '～',
        '0725-00-8128',
        '￥1,000',
        '①',
        '（',
        '）',
        '#',
        '＊',
        '・',
        '。',
        '、',
        '方',
        '土',
        '日',
        'R8.1.31',
        'https://a.example/b',
        ' ',
        '\n',
        '-',
        'm',
        '％',
        '㎡',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.nat().map(String),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

test('any text comes back without a symbol on which Open JTalk is silent, and never fails', () => {
  fc.assert(
    fc.property(municipalText, (text) => {
      expect(normaliseText(text)).not.toMatch(/[＃#＊*～〜髙﨑①-⑳㎡￥¥【】「」（）()※・]/u);
    }),
  );
});

test('what is normalised once is not changed by doing it again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        '2026/1/31',
        '17:15',
        '12,800円',
        '0725-00-8128',
        '1-1-1',
        '土・日',
        '①資格',
        '75歳以上の方',
      ),
      (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
      },
    ),
  );
});

test('a long hostile text is normalised in a blink', () => {
  for (const piece of ['0', '0725-', '1/', '(土)', '月・', '9:0', '-1', 'a.', '、〜', '1,000']) {
    const began = process.cpuUsage();
    normaliseText(piece.repeat(5_000));
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000);
  }
});
