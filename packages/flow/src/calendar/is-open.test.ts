import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { CalendarSchema } from './calendar.ts';
import { defaultHolidays, HolidayFileError, parseHolidayCsv, withOfficialYears } from './holidays.ts';
import { isOpen, openIntervals } from './is-open.ts';

const usual = [{ from: '08:45', to: '17:15' }];
const weekly = {
  monday: usual,
  tuesday: usual,
  wednesday: usual,
  thursday: usual,
  friday: usual,
  saturday: [],
  sunday: [],
};
const newYear = { label: '年末年始', from: '12-29', to: '01-03' };
const city = CalendarSchema.parse({ id: 'city', name: '市役所', weekly, yearlyRanges: [newYear] });
const open = (calendar: typeof city, at: string) => isOpen(calendar, defaultHolidays, `${at}+09:00`).open;

test.each([
  ['2026-06-01T08:44:59', false],
  ['2026-06-01T08:45:00', true],
  ['2026-06-01T17:14:59.999', true],
  ['2026-06-01T17:15:00', false],
  ['2026-06-06T10:00:00', false],
  ['2026-06-07T10:00:00', false],
])('IZ-1.2b: weekdays 8:45–17:15 only: %s', (at, expected) => {
  expect(open(city, at)).toBe(expected);
});

test.each([
  ['2026-12-28T10:00:00', true],
  ['2026-12-28T23:59:59', false],
  ['2026-12-29T10:00:00', false],
  ['2026-12-31T10:00:00', false],
  ['2027-01-01T10:00:00', false],
  ['2028-01-03T10:00:00', false],
  ['2028-01-04T08:44:59', false],
  ['2028-01-04T08:45:00', true],
])('IZ-1.2b: closed from 12/29 to 1/3 across New Year: %s', (at, expected) => {
  expect(open(city, at)).toBe(expected);
});

test.each([
  ['2026-05-06T10:00:00', '振替休日 of 憲法記念日'],
  ['2026-09-22T10:00:00', '国民の休日 between 敬老の日 and 秋分の日'],
  ['2026-07-20T10:00:00', '海の日'],
])('IZ-1.2b: closed on holidays: %s (%s)', (at) => {
  expect(open(city, at)).toBe(false);
  expect(isOpen(city, defaultHolidays, `${at}+09:00`).reason).toContain('祝日・休日');
});

test('the instant counts, not how it is written', () => {
  expect(isOpen(city, defaultHolidays, '2026-06-01T00:00:00Z').open).toBe(true);
  expect(isOpen(city, defaultHolidays, Temporal.Instant.from('2026-05-31T23:44:59Z')).open).toBe(false);
  expect(isOpen(city, defaultHolidays, '2026-05-31T19:45:00-04:00').open).toBe(true);
});

test.each(['Asia/Tokyo', 'UTC', 'America/New_York', 'Pacific/Kiritimati'])(
  'a host in %s changes nothing',
  (zone) => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      expect(open(city, '2026-06-01T08:44:59')).toBe(false);
      expect(open(city, '2026-06-01T08:45:00')).toBe(true);
      expect(open(city, '2026-07-20T10:00:00')).toBe(false);
      expect(openIntervals(city, defaultHolidays, '2026-06-01T00:00:00+09:00', 1)).toEqual([
        {
          fromEpochMs: Date.parse('2026-06-01T08:45:00+09:00'),
          toEpochMs: Date.parse('2026-06-01T17:15:00+09:00'),
        },
      ]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  },
);

const sunday = { label: '第2日曜開庁', nth: 2, weekday: 'sunday', hours: [{ from: '09:00', to: '12:00' }] };

test('the second Sunday is open, also where it is a holiday, the others are not', () => {
  const calendar = CalendarSchema.parse({ ...city, nthWeekdays: [sunday] });
  expect(open(calendar, '2026-06-14T09:00:00')).toBe(true);
  expect(open(calendar, '2026-06-14T12:00:00')).toBe(false);
  expect(open(calendar, '2026-06-07T09:00:00')).toBe(false);
  expect(open(calendar, '2026-06-21T09:00:00')).toBe(false);
  expect(defaultHolidays.get('2029-02-11')).toBe('建国記念の日');
  expect(open(calendar, '2029-02-11T09:00:00')).toBe(true);
});

test('the last weekday of a month, limited to months', () => {
  const rule = {
    label: '年度末開庁',
    nth: 'last',
    weekday: 'sunday',
    months: [3],
    hours: [{ from: '09:00', to: '12:00' }],
  };
  const calendar = CalendarSchema.parse({ ...city, nthWeekdays: [rule] });
  expect(open(calendar, '2026-03-29T09:00:00')).toBe(true);
  expect(open(calendar, '2026-03-22T09:00:00')).toBe(false);
  expect(open(calendar, '2026-05-31T09:00:00')).toBe(false);
});

test('the extended counter lengthens its weekday, but opens no holiday', () => {
  const calendar = CalendarSchema.parse({
    ...city,
    extended: [{ label: '水曜延長', weekday: 'wednesday', hours: [{ from: '17:15', to: '19:00' }] }],
  });
  expect(open(calendar, '2026-06-03T18:59:59')).toBe(true);
  expect(isOpen(calendar, defaultHolidays, '2026-06-03T18:00:00+09:00').reason).toBe('延長窓口「水曜延長」');
  expect(open(calendar, '2026-06-03T19:00:00')).toBe(false);
  expect(open(calendar, '2026-06-04T18:00:00')).toBe(false);
  expect(open(calendar, '2026-05-06T18:00:00')).toBe(false);
});

test.each([
  ['2026-06-11T18:00:00', true],
  ['2026-06-11T17:14:59', true],
  ['2026-06-11T19:00:00', false],
  ['2026-06-04T18:00:00', false],
  ['2026-06-18T18:00:00', false],
  ['2026-06-25T18:00:00', false],
  ['2026-07-30T18:00:00', true],
  ['2026-07-23T18:00:00', false],
  ['2026-04-30T18:00:00', false],
])(
  '第2木曜延長 and the last Thursday of July stay open longer, other Thursdays do not: %s',
  (at, expected) => {
    const hours = [{ from: '17:15', to: '19:00' }];
    const calendar = CalendarSchema.parse({
      ...city,
      extended: [
        { label: '第2木曜延長', nth: 2, weekday: 'thursday', hours },
        { label: '納付相談', nth: 'last', weekday: 'thursday', months: [7], hours },
      ],
    });
    expect(open(calendar, at)).toBe(expected);
  },
);

test('第2木曜延長 opens no 祝日, no closed period and no special day that is closed', () => {
  const calendar = CalendarSchema.parse({
    ...city,
    extended: [
      { label: '第2木曜延長', nth: 2, weekday: 'thursday', hours: [{ from: '17:15', to: '19:00' }] },
    ],
    days: [{ label: '庁舎停電', date: '2026-06-11' }],
  });
  expect(defaultHolidays.get('2027-02-11')).toBe('建国記念の日');
  expect(open(calendar, '2027-02-11T18:00:00')).toBe(false);
  expect(open(calendar, '2026-06-11T18:00:00')).toBe(false);
  expect(open(calendar, '2026-07-09T18:00:00')).toBe(true);
});

test('a named holiday opens with its own hours, others stay closed; a calendar may pass over holidays', () => {
  const named = CalendarSchema.parse({
    ...city,
    holidays: {
      rule: { type: 'closed' },
      named: [{ name: '海の日', hours: [{ from: '10:00', to: '15:00' }] }],
    },
  });
  expect(open(named, '2026-07-20T10:00:00')).toBe(true);
  expect(open(named, '2026-07-20T15:00:00')).toBe(false);
  expect(open(named, '2026-08-11T10:00:00')).toBe(false);
  const asUsual = CalendarSchema.parse({ ...city, holidays: { rule: { type: 'asUsual' } } });
  expect(open(asUsual, '2026-07-20T16:00:00')).toBe(true);
  const short = CalendarSchema.parse({
    ...city,
    holidays: { rule: { type: 'hours', hours: [{ from: '10:00', to: '11:00' }] } },
  });
  expect(open(short, '2026-07-20T10:30:00')).toBe(true);
  expect(open(short, '2026-07-20T12:00:00')).toBe(false);
});

test('precedence: day > date range > yearly range > nth weekday > holiday > weekly', () => {
  // 2028-01-09 is a second Sunday; 2028-01-10 is 成人の日.
  const at = (calendar: object, date: string) =>
    isOpen(CalendarSchema.parse(calendar), defaultHolidays, `${date}T10:00:00+09:00`);
  const range = { label: '臨時休業', from: '2028-01-05', to: '2028-01-12' };
  const layers = { ...city, nthWeekdays: [sunday] };
  expect(at(layers, '2028-01-09').reason).toBe('「第2日曜開庁」');
  const yearly = { ...layers, yearlyRanges: [{ label: '閉庁期間', from: '12-29', to: '01-09' }] };
  expect(at(yearly, '2028-01-09')).toEqual({ open: false, reason: '毎年の期間「閉庁期間」のため閉庁' });
  const closed = { ...yearly, dateRanges: [range] };
  expect(at(closed, '2028-01-09')).toEqual({ open: false, reason: '期間「臨時休業」のため閉庁' });
  const single = { ...closed, days: [{ label: '臨時開庁', date: '2028-01-09', hours: usual }] };
  expect(at(single, '2028-01-09')).toEqual({ open: true, reason: '特別日「臨時開庁」' });
  expect(at(single, '2028-01-10').open).toBe(false);
  expect(at(layers, '2028-01-10').reason).toBe('祝日・休日（成人の日）のため閉庁');
});

test('hours that end before they begin are refused', () => {
  const wrong = { ...city, weekly: { ...weekly, monday: [{ from: '17:15', to: '08:45' }] } };
  expect(CalendarSchema.safeParse(wrong).success).toBe(false);
  expect(CalendarSchema.safeParse({ ...city, days: [{ label: '', date: '2026-02-30' }] }).success).toBe(
    false,
  );
});

test('open intervals agree with isOpen, touching ones are one, and the first begins no earlier than asked', () => {
  const calendar = CalendarSchema.parse({
    ...city,
    extended: [{ label: '水曜延長', weekday: 'wednesday', hours: [{ from: '17:15', to: '19:00' }] }],
  });
  const from = Temporal.Instant.from('2026-06-03T10:00:00+09:00');
  const intervals = openIntervals(calendar, defaultHolidays, from, 7);
  const written = intervals.map((each) =>
    [each.fromEpochMs, each.toEpochMs].map((ms) => new Date(ms).toISOString().slice(5, 16)),
  );
  expect(written).toEqual([
    ['06-03T01:00', '06-03T10:00'],
    ['06-03T23:45', '06-04T08:15'],
    ['06-04T23:45', '06-05T08:15'],
    ['06-07T23:45', '06-08T08:15'],
    ['06-08T23:45', '06-09T08:15'],
  ]);
  for (const { fromEpochMs, toEpochMs } of intervals) {
    for (const [ms, expected] of [
      [fromEpochMs, true],
      [toEpochMs - 1, true],
      [toEpochMs, false],
    ] as const) {
      expect(isOpen(calendar, defaultHolidays, Temporal.Instant.fromEpochMilliseconds(ms)).open).toBe(
        expected,
      );
    }
  }
});

test('a day that is open round the clock joins the next', () => {
  const hours = [{ from: '00:00', to: '24:00' }];
  const always = CalendarSchema.parse({
    ...city,
    weekly: { ...weekly, saturday: hours, sunday: hours },
    yearlyRanges: [],
  });
  expect(openIntervals(always, defaultHolidays, '2026-06-06T00:00:00+09:00', 2)).toEqual([
    {
      fromEpochMs: Date.parse('2026-06-06T00:00:00+09:00'),
      toEpochMs: Date.parse('2026-06-08T00:00:00+09:00'),
    },
  ]);
});

test("内閣府's file replaces the years that it speaks of", () => {
  const official = parseHolidayCsv(
    '国民の祝日・休日月日,国民の祝日・休日名称\r\n2026/1/1,元日\r\n2026/12/24,臨時の休日\r\n',
  );
  const holidays = withOfficialYears(defaultHolidays, official);
  expect(isOpen(city, holidays, '2026-12-24T10:00:00+09:00').open).toBe(false);
  expect(isOpen(city, holidays, '2026-05-06T10:00:00+09:00').open).toBe(true);
  expect(isOpen(city, holidays, '2027-05-03T10:00:00+09:00').open).toBe(false);
});

test('a file that is no holiday file is refused with the line', () => {
  expect(() => parseHolidayCsv('日付,名称\n2026/13/1,元日')).toThrow(HolidayFileError);
  expect(() => parseHolidayCsv('日付,名称\n山田,太郎')).toThrow('2行目');
  expect(() => parseHolidayCsv('')).toThrow(HolidayFileError);
});
