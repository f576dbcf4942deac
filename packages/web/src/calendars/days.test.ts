import { expect, test } from 'vitest';
import { dayInWords, timeTyped } from './calendar-words.ts';
import { addDays, addMonths, moveMonths, weekdayOf, weeksOf } from './days.ts';

test('a month is laid out as on a wall: Sunday first, whole weeks, nothing of other months', () => {
  const weeks = weeksOf('2026-11');
  expect(weeks[0]).toEqual([1, 2, 3, 4, 5, 6, 7].map((day) => `2026-11-0${day}`));
  expect(weeks.at(-1)).toEqual(['2026-11-29', '2026-11-30', null, null, null, null, null]);
  expect(weeksOf('2026-08')).toHaveLength(6);
  expect(
    weeksOf('2028-02')
      .flat()
      .filter((day) => day !== null),
  ).toHaveLength(29);
});

test('days and months are counted across years and short months', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addMonths('2026-12', 1)).toBe('2027-01');
  expect(moveMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(weekdayOf('2026-11-29')).toBe(0);
  expect(dayInWords('2026-12-29')).toBe('12月29日（火）');
});

test.each([
  ['8:45', '08:45'],
  ['０８：４５', '08:45'],
  ['845', '08:45'],
  ['1715', '17:15'],
  ['9時', '09:00'],
  ['17時15分', '17:15'],
  ['24:00', '24:00'],
  ['9', '09:00'],
  ['朝', '朝'],
  ['', ''],
])('a time may be typed as people write it: %s', (typed, time) => {
  expect(timeTyped(typed)).toBe(time);
});
