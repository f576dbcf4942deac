import { expect, test } from 'vitest';
import { screenGroupsFor } from './screens.ts';

const wordsFor = (...rights: string[]) =>
  screenGroupsFor(rights).map(({ word, screens }) => [word, screens.map(({ word: name }) => name)]);

test('a clerk without further rights sees what comes in by telephone, and no heading without entries', () => {
  expect(wordsFor()).toEqual([
    ['電話', ['ただいまの通話', '受付箱', '通話の記録', '市民照会']],
    ['設定', ['SMSの試し送信']],
  ]);
});

test('who looks at flows but sets nothing up sees neither trunks nor 用件区分', () => {
  expect(wordsFor('viewFlows')).toEqual([
    ['電話', ['ただいまの通話', '受付箱', '通話の記録', '市民照会']],
    ['案内', ['フロー', '決裁', 'アナウンス集', '開庁日カレンダー', '緊急アナウンス']],
    ['設定', ['電話番号', 'SMSの試し送信']],
  ]);
});
