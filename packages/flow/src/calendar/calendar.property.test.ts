import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { CalendarSchema, WEEKDAYS } from './calendar.ts';
import { defaultHolidays } from './holidays.ts';
import { isOpen, openIntervals } from './is-open.ts';

const time = fc
  .integer({ min: 0, max: 48 })
  .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
const hours = fc.array(
  fc
    .tuple(time, time)
    .filter(([from, to]) => from < to)
    .map(([from, to]) => ({ from, to })),
  { maxLength: 3 },
);
const weekday = fc.constantFrom(...WEEKDAYS);
const calendars = fc
  .record({
    id: fc.constant('c'),
    name: fc.constant('c'),
    weekly: fc
      .tuple(...WEEKDAYS.map(() => hours))
      .map((days) => Object.fromEntries(WEEKDAYS.map((day, index) => [day, days[index]]))),
    extended: fc.array(fc.record({ label: fc.constant('e'), weekday, hours }), { maxLength: 2 }),
    nthWeekdays: fc.array(
      fc.record({ label: fc.constant('n'), nth: fc.constantFrom(1, 2, 3, 4, 5, 'last'), weekday, hours }),
      { maxLength: 2 },
    ),
    yearlyRanges: fc.constantFrom([], [{ label: 'y', from: '12-29', to: '01-03' }]),
    days: fc.array(
      fc.record({
        label: fc.constant('d'),
        date: fc.constantFrom('2026-12-30', '2027-01-02', '2027-01-11'),
        hours,
      }),
      { maxLength: 2 },
    ),
  })
  .map((calendar) => CalendarSchema.parse(calendar));

test('the open intervals are exactly the times at which it is open, in order and apart', () => {
  fc.assert(
    fc.property(calendars, fc.integer({ min: 0, max: 20 * 24 * 60 }), (calendar, minute) => {
      const from = Temporal.Instant.from('2026-12-25T00:00:00+09:00');
      const intervals = openIntervals(calendar, defaultHolidays, from, 20);
      const atMs = from.epochMilliseconds + minute * 60_000;
      const isInside = intervals.some((each) => each.fromEpochMs <= atMs && atMs < each.toEpochMs);
      const isLast = minute === 20 * 24 * 60;
      if (!isLast) {
        const at = Temporal.Instant.fromEpochMilliseconds(atMs);
        expect(isOpen(calendar, defaultHolidays, at).open).toBe(isInside);
      }
      for (const [index, each] of intervals.entries()) {
        expect(each.fromEpochMs).toBeLessThan(each.toEpochMs);
        expect(each.fromEpochMs).toBeGreaterThan(intervals[index - 1]?.toEpochMs ?? 0);
      }
    }),
    { numRuns: 100 },
  );
});
