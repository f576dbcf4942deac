import { z } from 'zod';
import { IdSchema } from '../draft.ts';
import { MonthsSchema, NthSchema } from './nth-weekday.ts';

/** Minute of the day, '08:45'; '24:00' only as an end. */
const TimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '時刻は「08:45」のように入力してください。');

/** Half-open: open at `from`, closed at `to`. */
export const HoursSchema = z
  .object({ from: TimeSchema, to: TimeSchema })
  .refine(({ from, to }) => from < to, '終わりの時刻は、始まりの時刻より後にしてください。');
export type Hours = z.infer<typeof HoursSchema>;

/** The hours of one day; none: closed. */
const DayHoursSchema = z.array(HoursSchema);

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
const WeekdaySchema = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof WeekdaySchema>;

const MonthDaySchema = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '月日は「12-29」のように入力してください。');

const ruleFields = { label: z.string(), hours: DayHoursSchema.default([]) } as const;

/**
 * 開庁時間. Of the rules that speak of a day, one decides it, in this order:
 *
 * 1. `days` 特別日: a single day.
 * 2. `dateRanges`: days of one year (a 臨時休業, a busy period).
 * 3. `yearlyRanges`: every year, also across New Year (12-29 to 01-03).
 * 4. `nthWeekdays`: 第2日曜開庁, also where that Sunday is a holiday.
 * 5. `holidays` 祝日・休日: by name first, then for all.
 * 6. `weekly`, lengthened by `extended` 延長窓口.
 *
 * So an extended counter never opens a day that a higher rule has closed. Of several rules of one rank the first in the list decides.
 */
export const CalendarSchema = z.object({
  id: IdSchema,
  name: z.string(),
  weekly: z.record(WeekdaySchema, DayHoursSchema),
  extended: z
    .array(
      z.object({
        label: z.string(),
        /** 第2木曜延長; null: every week. */
        nth: NthSchema.nullable().default(null),
        weekday: WeekdaySchema,
        months: MonthsSchema,
        hours: DayHoursSchema,
      }),
    )
    .default([]),
  holidays: z
    .object({
      /** `asUsual`: holidays are days like others. */
      rule: z.discriminatedUnion('type', [
        z.object({ type: z.literal('closed') }),
        z.object({ type: z.literal('asUsual') }),
        z.object({ type: z.literal('hours'), hours: DayHoursSchema }),
      ]),
      /** Opening on certain holidays ('海の日', '振替休日'; holiday-names.ts says which names mean the same). */
      named: z.array(z.object({ name: z.string(), hours: DayHoursSchema })).default([]),
    })
    .default({ rule: { type: 'closed' }, named: [] }),
  nthWeekdays: z
    .array(z.object({ ...ruleFields, nth: NthSchema, weekday: WeekdaySchema, months: MonthsSchema }))
    .default([]),
  yearlyRanges: z.array(z.object({ ...ruleFields, from: MonthDaySchema, to: MonthDaySchema })).default([]),
  dateRanges: z
    .array(
      z
        .object({ ...ruleFields, from: z.iso.date(), to: z.iso.date() })
        .refine(({ from, to }) => from <= to, '終わりの日は、始まりの日以後にしてください。'),
    )
    .default([]),
  days: z.array(z.object({ ...ruleFields, date: z.iso.date() })).default([]),
});
export type Calendar = z.infer<typeof CalendarSchema>;
