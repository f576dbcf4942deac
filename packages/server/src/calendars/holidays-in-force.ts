import { defaultHolidays, type HolidaySet, LAST_BUNDLED_YEAR, withOfficialYears } from '@madoguchi/flow';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../database/index.ts';
import type { Holidays, HolidaysLoaded } from '../http/calendar-contract.ts';
import { readOfficialHolidays } from './official-holidays.ts';

/** 内閣府 publishes a year's in February of the year before; two months are time enough to load them. */
const WARN_DAYS = 60;
const GONE = '登録のない職員';

/** Those that calls go by. */
export async function readHolidays(db: Database): Promise<HolidaySet> {
  const official = await readOfficialHolidays(db);
  return official === null ? defaultHolidays : withOfficialYears(defaultHolidays, official);
}

/** Where the holidays come from, how far they reach, and which they are. @param now ms since the epoch */
export async function showHolidays(db: Database, now: number): Promise<Holidays> {
  const official = await readOfficialHolidays(db);
  const row = await db
    .selectFrom('holiday_file as f')
    .leftJoin('person as p', 'p.id', 'f.loaded_by')
    .select(['f.file_name', 'f.loaded_at', 'p.name'])
    .orderBy('f.file_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const today = japaneseDay(now);
  const years = official === null ? null : yearsOf(official);
  const lastYear = Math.max(LAST_BUNDLED_YEAR, years?.lastYear ?? 0);
  const knownUntil = Temporal.PlainDate.from({ year: lastYear, month: 12, day: 31 });
  const since = `${today.year - 1}-01-01`;
  return {
    file:
      row === undefined || years === null
        ? null
        : {
            fileName: row.file_name,
            loadedAt: row.loaded_at.toISOString(),
            loadedBy: row.name ?? GONE,
            ...years,
          },
    knownUntil: knownUntil.toString(),
    endsSoon: today.until(knownUntil, { largestUnit: 'day' }).days <= WARN_DAYS,
    holidays: Object.fromEntries([...(await readHolidays(db))].filter(([date]) => date >= since)),
  };
}

/** What a file changes from today on. @param now ms since the epoch */
export function holidaysLoaded(before: HolidaySet, official: HolidaySet, now: number): HolidaysLoaded {
  const after = withOfficialYears(defaultHolidays, official);
  const today = japaneseDay(now).toString();
  const dates = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return {
    ...yearsOf(official),
    changes: dates
      .filter((date) => date >= today && before.get(date) !== after.get(date))
      .map((date) => ({ date, before: before.get(date) ?? null, after: after.get(date) ?? null })),
  };
}

/** @param now ms since the epoch */
export function japaneseDay(now: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('Asia/Tokyo').toPlainDate();
}

function yearsOf(holidays: HolidaySet): { readonly firstYear: number; readonly lastYear: number } {
  const years = [...holidays.keys()].map((date) => Number(date.slice(0, 4)));
  return { firstYear: Math.min(...years), lastYear: Math.max(...years) };
}
