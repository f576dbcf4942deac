import { expect, test } from 'vitest';
import { readingsIn } from './readings-in.ts';

const entries = ['和泉', 'PayPay', '２階', '納期限'].map((surface) => ({ surface }));
const found = (...texts: string[]) => readingsIn(texts, entries).map(({ surface }) => surface);

test('a word is found however wide its letters are written', () => {
  expect(found('ＰａｙＰａｙでお支払いください。')).toEqual(['PayPay']);
  expect(found('2階の窓口へお越しください。')).toEqual(['２階']);
});

test('all texts are looked through, and words that nobody says are not named', () => {
  expect(found('和泉市役所です。', '納期限のお知らせです。')).toEqual(['和泉', '納期限']);
  expect(found('こんにちは。')).toEqual([]);
});
