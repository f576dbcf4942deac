import { CalendarSchema } from '@madoguchi/flow';
import { z } from 'zod';

/**
 * The API of 開庁日カレンダー and 祝日, as schemas that server and browser share (`@madoguchi/server/calendar-contract`). A change travels as
 * it was typed and is looked at by `checkCalendar` of `@madoguchi/flow` on both sides.
 */

const HoursShownSchema = z.object({ from: z.string(), to: z.string(), label: z.string() });

/** One Japanese day by a calendar. */
export const CalendarDaySchema = z.object({
  date: z.iso.date(),
  /** None: closed. */
  hours: z.array(HoursShownSchema),
  /** What decided it: '水曜日の開庁時間', '祝日・休日（海の日）'. */
  decidedBy: z.string(),
  holiday: z.string().nullable(),
});
export type CalendarDay = z.infer<typeof CalendarDaySchema>;

/** Who would be without hours if it were gone. */
export const CalendarUsesSchema = z.object({
  /** Numbers that name it themselves, and those whose flow in force asks it. */
  numbers: z.array(z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() })),
  /** Names of flows in force. */
  flows: z.array(z.string()),
  /** Names of flows whose draft asks it: they could not be published without it. */
  drafts: z.array(z.string()),
});
export type CalendarUses = z.infer<typeof CalendarUsesSchema>;

const CalendarShownSchema = z.object({
  calendarId: z.string(),
  version: z.int(),
  calendar: CalendarSchema,
  changedAt: z.iso.datetime({ offset: true }),
  /** Null: as the start laid it. */
  changedBy: z.string().nullable(),
  uses: CalendarUsesSchema,
});

/** GET /api/calendars/:calendarId */
export const CalendarDetailSchema = CalendarShownSchema.extend({
  /** Names of flows with a proposal 伺い that is not published yet and asks it. */
  proposals: z.array(z.string()),
  /** Versions that ask it and to which a number may go back, only as long as it is there: '資格のフロー 第3版'. */
  earlierVersions: z.array(z.string()),
});
export type CalendarDetail = z.infer<typeof CalendarDetailSchema>;

/** GET /api/calendars: by name. `unreadable`: those of a newer version of the product, which count as closed. */
export const CalendarListSchema = z.object({
  calendars: z.array(
    CalendarShownSchema.extend({
      today: CalendarDaySchema,
      now: z.object({ open: z.boolean(), reason: z.string() }),
    }),
  ),
  unreadable: z.int(),
});
export type CalendarListed = z.infer<typeof CalendarListSchema>['calendars'][number];

/** POST /api/calendars → 201; a calendar with usual city hall hours is made. */
export const CalendarAddSchema = z.object({ name: z.string().max(100) });
/** PUT /api/calendars/:calendarId → 200; 409 'changedMeanwhile' where `version` is not the stored one. */
export const CalendarChangeSchema = z.object({
  calendar: z.record(z.string(), z.unknown()),
  version: z.int(),
});
export const CalendarSavedSchema = z.object({ calendarId: z.string(), version: z.int() });
/** 422: what was typed is wrong, place by place; nothing is saved. */
export const CalendarProblemsSchema = z.object({
  code: z.literal('calendarProblems'),
  message: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
/**
 * DELETE /api/calendars/:calendarId?version= ; 409 'calendarInUse' says by what. With `giveUpVersions` also where earlier versions ask it,
 * to which nobody can go back then; without it that is 409 'calendarInVersions'.
 */
export const CalendarRemovalSchema = z.object({
  version: z.coerce.number().int(),
  giveUpVersions: z.stringbool().default(false),
});
export const CalendarDoneSchema = z.object({ done: z.literal(true) });

/** GET /api/calendars/:calendarId/month?month=YYYY-MM */
export const CalendarMonthQuerySchema = z.object({
  month: z.string().regex(/^(19[7-9]|20\d|21\d)\d-(0[1-9]|1[0-2])$/),
});
export const CalendarMonthSchema = z.object({ month: z.string(), days: z.array(CalendarDaySchema) });

/** What a flow does after the announcements that a caller hears first. */
export const StopsAtSchema = z.enum(['question', 'transfer', 'voicemail', 'sms', 'end']);

/** GET /api/calendars/:calendarId/at?when=(ISO 8601 with offset): what a caller from a mobile telephone hears first. */
export const CalendarAtQuerySchema = z.object({ when: z.iso.datetime({ offset: true }) });
export const CalendarAtSchema = z.object({
  open: z.boolean(),
  reason: z.string(),
  numbers: z.array(
    z.object({
      phoneNumber: z.string(),
      shown: z.string(),
      name: z.string(),
      /** Its callers switch emergency announcements by telephone and hear no flow. */
      isForSwitching: z.boolean(),
      /** Null: no flow is in force, or it cannot be read. */
      heard: z
        .object({ texts: z.array(z.string()), stopsAt: StopsAtSchema, nodeTitle: z.string().nullable() })
        .nullable(),
    }),
  ),
});
export type CalendarAt = z.infer<typeof CalendarAtSchema>;

/** GET /api/holidays */
export const HolidaysSchema = z.object({
  /** The file that staff loaded last; null: those that came with the product count. */
  file: z
    .object({
      fileName: z.string(),
      loadedAt: z.iso.datetime({ offset: true }),
      loadedBy: z.string(),
      firstYear: z.int(),
      lastYear: z.int(),
    })
    .nullable(),
  /** Last day up to which the holidays were published; what comes after it is computed. */
  knownUntil: z.iso.date(),
  /** It is so near that the next year's must be loaded. */
  endsSoon: z.boolean(),
  /** Those that count, from the year before this one on: Japanese date → name. */
  holidays: z.record(z.string(), z.string()),
});
export type Holidays = z.infer<typeof HolidaysSchema>;

/** POST /api/holidays; 422 'holidayFile' says what is wrong with the file, and the former one stays. */
export const HolidayLoadSchema = z.object({
  fileName: z.string().min(1).max(200),
  /** The file's bytes (CP932 or UTF-8), base64. */
  content: z.base64(),
});
export const HolidaysLoadedSchema = z.object({
  firstYear: z.int(),
  lastYear: z.int(),
  /** Days from today on that count otherwise than before. */
  changes: z.array(
    z.object({ date: z.iso.date(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
export type HolidaysLoaded = z.infer<typeof HolidaysLoadedSchema>;
