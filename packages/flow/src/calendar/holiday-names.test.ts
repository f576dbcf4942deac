import { expect, test } from 'vitest';
import { CalendarSchema, WEEKDAYS } from './calendar.ts';
import { defaultHolidays, HolidayFileError, incompleteYears, parseHolidayCsv } from './holidays.ts';
import { isOpen } from './is-open.ts';

/** What 内閣府's file says of the years of the bundled set: the same days, every 振替休日 and 国民の休日 as '休日'. */
const official = parseHolidayCsv(
  [
    '国民の祝日・休日月日,国民の祝日・休日名称',
    ...[...defaultHolidays].map(([date, name]) => {
      const [year, month, day] = date.split('-').map(Number);
      return `${year}/${month}/${day},${/振替休日$|^国民の休日$/.test(name) ? '休日' : name}`;
    }),
  ].join('\r\n'),
);

test('a day has the same name whether the bundled holidays or the file tell of it, 1970 to 2050', () => {
  expect([...official]).toEqual([...defaultHolidays]);
  expect(official.get('2026-05-06')).toBe('こどもの日 振替休日');
  expect(official.get('2026-09-22')).toBe('国民の休日');
});

const closed = Object.fromEntries(WEEKDAYS.map((day) => [day, []]));
const openOn = (name: string) =>
  CalendarSchema.parse({
    id: 'c',
    name: 'c',
    weekly: closed,
    holidays: { rule: { type: 'closed' }, named: [{ name, hours: [{ from: '09:00', to: '12:00' }] }] },
  });

test.each([
  ['振替休日', '2026-05-06', true],
  ['振替休日', '2027-03-22', true],
  ['振替休日', '2026-09-22', false],
  ['こどもの日 振替休日', '2026-05-06', true],
  ['こどもの日　振替休日', '2026-05-06', true],
  ['こどもの日 振替休日', '2027-03-22', false],
  ['国民の休日', '2026-09-22', true],
  ['休日', '2026-09-22', true],
  ['休日', '2026-05-06', false],
  ['こどもの日', '2026-05-05', true],
])('a counter that opens on %s is open on %s: %s, by both sources', (name, date, expected) => {
  for (const holidays of [defaultHolidays, official]) {
    expect(isOpen(openOn(name), holidays, `${date}T10:00:00+09:00`).open).toBe(expected);
  }
});

test('a day that does not exist is refused with its line, and a year that was cut off is told', () => {
  expect(() => parseHolidayCsv('日付,名称\n2026/1/1,元日\n2026/2/30,祝日')).toThrow('3行目');
  expect(() => parseHolidayCsv('日付,名称\n2026/1/1')).toThrow(HolidayFileError);
  expect(incompleteYears(official)).toEqual([]);
  expect(incompleteYears(new Map([...official].filter(([date]) => date < '2027-03')))).toEqual([2027]);
});
