import { expect, test } from 'vitest';
import {
  dayAndTime,
  dayShown,
  durationInWords,
  durationShown,
  fullDayShown,
  instantOf,
  momentShown,
  timeShown,
} from './japanese-time.ts';

test('times and days are Japanese ones whatever the zone they come in', () => {
  expect(timeShown('2026-03-31T20:05:09Z')).toBe('05:05:09');
  expect(dayShown('2026-03-31T20:05:09Z')).toBe('4/1(水)');
  expect(fullDayShown('2026-03-31T20:05:09Z')).toBe('2026年4月1日(水)');
});

test('durations are short in tables and in words for reading aloud, and never negative', () => {
  expect([-5, 42_900, 725_000, 3_723_000].map(durationShown)).toEqual(['0:00', '0:42', '12:05', '1:02:03']);
  expect([42_900, 725_000, 3_723_000].map(durationInWords)).toEqual(['42秒', '12分5秒', '1時間2分3秒']);
});

test('a due time goes into the fields of a form in Japanese time and comes back as the same moment', () => {
  const fields = dayAndTime('2026-03-31T15:05:00Z');
  expect(fields).toEqual({ day: '2026-04-01', time: '00:05' });
  expect(new Date(instantOf(fields)).toISOString()).toBe('2026-03-31T15:05:00.000Z');
  expect(momentShown('2026-03-31T15:05:00Z')).toBe('4/1(水) 00:05');
});
