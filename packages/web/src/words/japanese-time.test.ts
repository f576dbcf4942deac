import { expect, test } from 'vitest';
import { dayShown, durationInWords, durationShown, fullDayShown, timeShown } from './japanese-time.ts';

test('times and days are Japanese ones whatever the zone they come in', () => {
  expect(timeShown('2026-03-31T20:05:09Z')).toBe('05:05:09');
  expect(dayShown('2026-03-31T20:05:09Z')).toBe('4/1(水)');
  expect(fullDayShown('2026-03-31T20:05:09Z')).toBe('2026年4月1日(水)');
});

test('durations are short in tables and in words for reading aloud, and never negative', () => {
  expect([-5, 42_900, 725_000, 3_723_000].map(durationShown)).toEqual(['0:00', '0:42', '12:05', '1:02:03']);
  expect([42_900, 725_000, 3_723_000].map(durationInWords)).toEqual(['42秒', '12分5秒', '1時間2分3秒']);
});
