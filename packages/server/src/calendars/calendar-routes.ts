import { checkCalendar, isOpen } from '@madoguchi/flow';
import { z } from 'zod';
import { type AuditAction, type Guard, writeAudit } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import {
  CalendarAddSchema,
  CalendarChangeSchema,
  CalendarDetailSchema,
  CalendarDoneSchema,
  CalendarListSchema,
  CalendarProblemsSchema,
  CalendarRemovalSchema,
  CalendarSavedSchema,
} from '../http/calendar-contract.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import { Refusal, type Routes } from '../http/index.ts';
import { readAskingVersions } from './asking-versions.ts';
import { japaneseDay, readHolidays } from './holidays-in-force.ts';
import { readDrafts, readNumbersInForce, usesOf } from './numbers-in-force.ts';
import { calendarChangedMeanwhile, calendarGone, calendarInUse, calendarInVersions } from './refusals.ts';
import { showDay } from './show-day.ts';
import {
  addCalendar,
  changeCalendar,
  readCalendars,
  removeCalendar,
  type StoredCalendar,
} from './stored-calendars.ts';
import { usualCalendar } from './usual-calendar.ts';

export const CalendarAddressSchema = z.object({ calendarId: z.string().max(64) });

/** List, read, add, change and remove calendars; the `calls` process takes a change over when it is told of it. */
export function calendarRoutes({
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
      '/api/calendars',
      { schema: { response: { 200: CalendarListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { calendars, unreadable } = await readCalendars(db);
        const holidays = await readHolidays(db);
        const users = await readUsers(db);
        const now = clock.now();
        return {
          calendars: calendars.map((stored) => ({
            ...showCalendar(stored, users),
            today: showDay(stored.calendar, holidays, japaneseDay(now)),
            now: isOpen(stored.calendar, holidays, new Date(now).toISOString()),
          })),
          unreadable,
        };
      },
    );
    server.post(
      '/api/calendars',
      {
        schema: {
          body: CalendarAddSchema,
          response: { 201: CalendarSavedSchema, 422: CalendarProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editCalendars');
        const checked = checkCalendar(usualCalendar('new', request.body.name));
        if (!checked.ok) return reply.status(422).send(problemsReply(checked.problems));
        const calendarId = await db.transaction().execute(async (trx) => {
          const id = await addCalendar(trx, (own) => ({ ...checked.calendar, id: own }), {
            person: userId,
            at: new Date(clock.now()),
          });
          await audit(trx, 'calendarAdded', id, userId, request.ip);
          return id;
        });
        return reply.status(201).send({ calendarId, version: 1 });
      },
    );
    server.get(
      '/api/calendars/:calendarId',
      {
        schema: {
          params: CalendarAddressSchema,
          response: { 200: CalendarDetailSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const stored = await readCalendar(db, request.params.calendarId);
        const { proposals, earlierVersions } = await readAskingVersions(db, stored.calendarId);
        return {
          ...showCalendar(stored, await readUsers(db)),
          proposals: [...proposals],
          earlierVersions: [...earlierVersions],
        };
      },
    );
    server.put(
      '/api/calendars/:calendarId',
      {
        schema: {
          params: CalendarAddressSchema,
          body: CalendarChangeSchema,
          response: { 200: CalendarSavedSchema, 422: CalendarProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editCalendars');
        const { calendarId } = request.params;
        await readCalendar(db, calendarId);
        const checked = checkCalendar({ ...request.body.calendar, id: calendarId });
        if (!checked.ok) return reply.status(422).send(problemsReply(checked.problems));
        const version = await db.transaction().execute(async (trx) => {
          const next = await changeCalendar(trx, request.body.version, {
            calendar: checked.calendar,
            person: userId,
            at: new Date(clock.now()),
          });
          if (next === null) throw calendarChangedMeanwhile();
          await audit(trx, 'calendarChanged', calendarId, userId, request.ip, { version: next });
          return next;
        });
        return reply.send({ calendarId, version });
      },
    );
    server.delete(
      '/api/calendars/:calendarId',
      {
        schema: {
          params: CalendarAddressSchema,
          querystring: CalendarRemovalSchema,
          response: { 200: CalendarDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editCalendars');
        const { calendarId } = request.params;
        await db.transaction().execute(async (trx) => {
          await readCalendar(trx, calendarId);
          const uses = usesOf(await readUsers(trx), calendarId);
          const asking = await readAskingVersions(trx, calendarId);
          const users = [uses.numbers, uses.flows, uses.drafts, asking.proposals].flat();
          if (users.length > 0) throw calendarInUse(uses, asking);
          if (asking.earlierVersions.length > 0 && !request.query.giveUpVersions)
            throw calendarInVersions(asking);
          if (!(await removeCalendar(trx, calendarId, request.query.version)))
            throw calendarChangedMeanwhile();
          await audit(trx, 'calendarRemoved', calendarId, userId, request.ip);
        });
        return { done: true as const };
      },
    );
  };

  function audit(
    trx: Database,
    action: AuditAction,
    subject: string,
    userId: string,
    address: string,
    detail: Readonly<Record<string, number>> = {},
  ): Promise<void> {
    return writeAudit(trx, { at: clock.now(), userId, action, subject, address, detail });
  }
}

/** @throws Refusal 404, 422 (of a newer version of the product) */
export async function readCalendar(db: Database, calendarId: string): Promise<StoredCalendar> {
  const { calendars, unreadable } = await readCalendars(db);
  const found = calendars.find((each) => each.calendarId === calendarId);
  if (found !== undefined) return found;
  if (unreadable === 0) throw calendarGone();
  const row = await db
    .selectFrom('calendar')
    .select('calendar_id')
    .where('calendar_id', '=', calendarId)
    .executeTakeFirst();
  if (row === undefined) throw calendarGone();
  throw new Refusal(
    422,
    'calendarUnreadable',
    '新しい版のシステムで作られたカレンダーのため、この版では表示できません。システムの管理者にご連絡ください。',
  );
}

type Users = Parameters<typeof usesOf>[0];

async function readUsers(db: Database): Promise<Users> {
  return { numbers: await readNumbersInForce(db), drafts: await readDrafts(db) };
}

function showCalendar(stored: StoredCalendar, users: Users) {
  return {
    ...stored,
    changedAt: stored.changedAt.toISOString(),
    uses: usesOf(users, stored.calendarId),
  };
}

function problemsReply(problems: readonly { readonly path: string; readonly message: string }[]) {
  return {
    code: 'calendarProblems' as const,
    message: `入力内容に誤りが${problems.length}か所あります。赤い印のところを直してください。`,
    problems: [...problems],
  };
}
