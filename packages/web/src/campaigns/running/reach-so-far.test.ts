import { expect, test } from 'vitest';
import { endOfDays, roundAbove, timeMarks } from './reach-scale.ts';
import { reachSoFar } from './reach-so-far.ts';

const hours = [
  { hour: '2026-12-01T00:00:00Z', tried: 10, reached: 4 },
  { hour: '2026-12-01T02:00:00Z', tried: 7, reached: 1 },
];

test('the chart shows what has come together, hour by hour', () => {
  expect(reachSoFar(hours)).toEqual([
    { at: '2026-12-01T00:00:00Z', tried: 10, reached: 4 },
    { at: '2026-12-01T02:00:00Z', tried: 17, reached: 5 },
  ]);
});

test('its scale ends above all, and each of its four marks is a whole number', () => {
  const scales = [0, 1, 4, 17, 41, 100, 1_234, 99_999].map(roundAbove);
  expect(scales).toEqual([4, 4, 4, 20, 60, 100, 2_000, 100_000]);
  expect(scales.every((most) => Number.isInteger(most / 4))).toBe(true);
});

test('hours are marked within a day, midnights of Japan over weeks, and never so many that they touch', () => {
  const words = (from: string, to: string) =>
    timeMarks(Date.parse(from), Date.parse(to)).map(({ word }) => word);
  expect(words('2026-12-01T00:00:00Z', '2026-12-01T03:00:00Z')).toEqual([
    '12/1(火) 09:00',
    '12/1(火) 10:00',
    '12/1(火) 11:00',
    '12/1(火) 12:00',
  ]);
  const weeks = words('2026-12-01T00:00:00Z', '2026-12-14T10:00:00Z');
  expect(weeks.every((word) => !word.includes(':'))).toBe(true);
  expect(weeks.length).toBeGreaterThan(1);
  for (const days of [1, 3, 10, 40, 200, 365])
    expect(timeMarks(0, days * 86_400_000).length).toBeLessThanOrEqual(7);
});

test('over many hours figures are told by Japanese days', () => {
  const points = reachSoFar([...hours, { hour: '2026-12-01T16:00:00Z', tried: 1, reached: 1 }]);
  expect(endOfDays(points)).toEqual([
    { at: '2026-12-01T02:00:00Z', tried: 17, reached: 5, word: '12/1(火)' },
    { at: '2026-12-01T16:00:00Z', tried: 18, reached: 6, word: '12/2(水)' },
  ]);
});
