import { expect, test } from 'vitest';
import { CalendarSchema, WEEKDAYS } from './calendar.ts';
import { calendarChanges, hoursShown } from './calendar-changes.ts';
import { checkCalendar } from './check-calendar.ts';
import { defaultHolidays } from './holidays.ts';

const usual = [{ from: '08:45', to: '17:15' }];
const city = CalendarSchema.parse({
  id: 'city',
  name: '市役所',
  weekly: Object.fromEntries(
    WEEKDAYS.map((day) => [day, day === 'saturday' || day === 'sunday' ? [] : usual]),
  ),
});

test.each([
  ['name', { name: '  ' }],
  [
    'weekly.monday.1.from',
    { weekly: { ...city.weekly, monday: [...usual, { from: '17:00', to: '19:00' }] } },
  ],
  ['weekly.monday.0', { weekly: { ...city.weekly, monday: [{ from: '17:15', to: '08:45' }] } }],
  ['weekly.monday.0.from', { weekly: { ...city.weekly, monday: [{ from: '8時', to: '17:15' }] } }],
  ['yearlyRanges.0.to', { yearlyRanges: [{ label: '二月', from: '02-01', to: '02-30' }] }],
  ['yearlyRanges.0.label', { yearlyRanges: [{ label: '', from: '02-01', to: '02-29' }] }],
  ['extended.0.hours', { extended: [{ label: '延長', weekday: 'monday', hours: [] }] }],
  ['dateRanges.0', { dateRanges: [{ label: '逆', from: '2026-06-02', to: '2026-06-01' }] }],
  ['holidays.named.0.name', { holidays: { rule: { type: 'closed' }, named: [{ name: '', hours: usual }] } }],
  [
    'days.1.date',
    {
      days: [
        { label: '一', date: '2026-06-01' },
        { label: '二', date: '2026-06-01' },
      ],
    },
  ],
])('what is wrong is named by its place, in Japanese: %s', (path, change) => {
  const checked = checkCalendar({ ...city, ...change });
  expect(checked).toMatchObject({
    ok: false,
    problems: [{ path, message: expect.stringMatching(/[ぁ-ん]/) }],
  });
});

test('a right calendar passes as it is', () => {
  expect(checkCalendar(city)).toEqual({ ok: true, calendar: city });
});

test('the changes name each day whose hours differ within the days asked for, and none whose reason alone differs', () => {
  const after = CalendarSchema.parse({
    ...city,
    yearlyRanges: [{ label: '年末年始', from: '12-29', to: '01-03' }],
    days: [{ label: '臨時', date: '2026-12-25', hours: usual }],
  });
  const changes = calendarChanges(city, after, defaultHolidays, '2026-12-01', 90);
  expect(
    changes.map(
      ({ date, before, after: then }) => `${date} ${hoursShown(before.hours)} → ${hoursShown(then.hours)}`,
    ),
  ).toEqual(['2026-12-29', '2026-12-30', '2026-12-31'].map((date) => `${date} 8:45〜17:15 → 閉庁`));
  expect(calendarChanges(city, after, defaultHolidays, '2026-10-01', 89)).toEqual([]);
});

test('hours that touch are shown as one, a day round the clock by its word', () => {
  expect(hoursShown([{ from: '17:15', to: '19:00' }, ...usual])).toBe('8:45〜19:00');
  expect(
    hoursShown([
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '16:00' },
    ]),
  ).toBe('9:00〜12:00、13:00〜16:00');
  expect(hoursShown([{ from: '00:00', to: '24:00' }])).toBe('終日');
  expect(hoursShown([])).toBe('閉庁');
});
