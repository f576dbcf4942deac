import { CalendarSchema, defaultHolidays, WEEKDAYS } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { dueOf } from './due-of.ts';

const usual = [
  { from: '08:45', to: '12:00' },
  { from: '13:00', to: '17:15' },
];
const closed = Object.fromEntries(WEEKDAYS.map((day) => [day, []]));
const city = CalendarSchema.parse({
  id: 'city',
  name: '市役所',
  weekly: { ...closed, monday: usual, tuesday: usual, wednesday: usual, thursday: usual, friday: usual },
  yearlyRanges: [{ label: '年末年始', from: '12-29', to: '01-03' }],
});

const ms = (at: string) => Date.parse(`${at}+09:00`);
const due = (at: string, calendar: typeof city | null = city) => dueOf(calendar, defaultHolidays, ms(at));

test.each([
  ['before the opening', '2026-06-01T06:00:00', '2026-06-01T17:15:00'],
  ['in the forenoon, also shortly before the lunch break', '2026-06-01T11:30:00', '2026-06-01T17:15:00'],
  ['two hours before the close', '2026-06-01T15:15:00', '2026-06-01T17:15:00'],
  ['later than that', '2026-06-01T15:15:01', '2026-06-02T17:15:00'],
  ['in the evening', '2026-06-01T22:00:00', '2026-06-02T17:15:00'],
  ['on Friday afternoon', '2026-06-05T16:00:00', '2026-06-08T17:15:00'],
  ['on Saturday', '2026-06-06T10:00:00', '2026-06-08T17:15:00'],
  ['before a 祝日 and its weekend', '2026-07-17T17:00:00', '2026-07-21T17:15:00'],
  ['in the last hours of the year', '2026-12-28T17:00:00', '2027-01-04T17:15:00'],
])('what comes %s is due at the close of the day on which it can be dealt with', (_, at, expected) => {
  expect(due(at)).toBe(ms(expected));
});

test('a counter that is open round the clock is due at midnight, two hours away at least', () => {
  const always = [{ from: '00:00', to: '24:00' }];
  const calendar = CalendarSchema.parse({
    id: 'always',
    name: '夜間窓口',
    weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, always])),
    holidays: { rule: { type: 'asUsual' }, named: [] },
  });
  expect(due('2026-06-01T10:00:00', calendar)).toBe(ms('2026-06-02T00:00:00'));
  expect(due('2026-06-01T23:00:00', calendar)).toBe(ms('2026-06-03T00:00:00'));
});

test('without opening hours, or without any open day, there is a day’s time', () => {
  const never = CalendarSchema.parse({ id: 'never', name: '閉鎖中', weekly: closed });
  for (const calendar of [null, never])
    expect(due('2026-06-05T16:00:00', calendar)).toBe(ms('2026-06-06T16:00:00'));
});
