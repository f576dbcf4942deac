import { HolidayFileError, type HolidaySet } from '@madoguchi/flow';
import { type Guard, writeAudit } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { HolidayLoadSchema, HolidaysLoadedSchema, HolidaysSchema } from '../http/calendar-contract.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import { Refusal, type Routes } from '../http/index.ts';
import { holidaysLoaded, readHolidays, showHolidays } from './holidays-in-force.ts';
import { readHolidayFile } from './read-holiday-file.ts';

/** The real file has some 25 kB. */
const FILE_LIMIT_BYTES = 1024 * 1024;

/** Which 祝日 count, and loading 内閣府's file; the `calls` process takes it over when it is told of it. */
export function holidayRoutes({
  db,
  guard,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    server.get(
      '/api/holidays',
      { schema: { response: { 200: HolidaysSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return await showHolidays(db, clock.now());
      },
    );
    server.post(
      '/api/holidays',
      {
        bodyLimit: FILE_LIMIT_BYTES,
        schema: {
          body: HolidayLoadSchema,
          response: { 200: HolidaysLoadedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editCalendars');
        const { fileName } = request.body;
        const content = Buffer.from(request.body.content, 'base64');
        const official = readOrRefuse(content);
        const now = clock.now();
        const before = await readHolidays(db);
        await db.transaction().execute(async (trx) => {
          const { file_id } = await trx
            .insertInto('holiday_file')
            .values({
              file_name: fileName,
              content,
              holidays: JSON.stringify(Object.fromEntries(official)),
              loaded_at: new Date(now),
              loaded_by: userId,
            })
            .returning('file_id')
            .executeTakeFirstOrThrow();
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'holidaysLoaded',
            subject: String(file_id),
            address: request.ip,
          });
        });
        return holidaysLoaded(before, official, now);
      },
    );
  };
}

/** @throws Refusal 422 */
function readOrRefuse(content: Buffer): HolidaySet {
  try {
    return readHolidayFile(content);
  } catch (error) {
    if (error instanceof HolidayFileError) throw new Refusal(422, error.code, error.message);
    throw error;
  }
}
