import type { HolidaySet } from '@madoguchi/flow';
import { z } from 'zod';
import type { Database } from '../database/index.ts';

const HolidayRowsSchema = z.record(z.iso.date(), z.string());

/** The holidays of the file that staff loaded last; null where none was. */
export async function readOfficialHolidays(db: Database): Promise<HolidaySet | null> {
  const row = await db
    .selectFrom('holiday_file')
    .select('holidays')
    .orderBy('file_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : new Map(Object.entries(HolidayRowsSchema.parse(row.holidays)));
}
