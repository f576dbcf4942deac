import { callerKindOf, isOpen } from '@madoguchi/flow';
import { Temporal } from 'temporal-polyfill';
import type { Guard } from '../accounts/index.ts';
import { showNumber } from '../calls/reading/index.ts';
import type { Database } from '../database/index.ts';
import {
  CalendarAtQuerySchema,
  CalendarAtSchema,
  CalendarMonthQuerySchema,
  CalendarMonthSchema,
} from '../http/calendar-contract.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import type { Routes } from '../http/index.ts';
import { CalendarAddressSchema, readCalendar } from './calendar-routes.ts';
import { firstHeard, type World } from './first-heard.ts';
import { readHolidays } from './holidays-in-force.ts';
import { type NumberInForce, readNumbersInForce } from './numbers-in-force.ts';
import { showDay } from './show-day.ts';
import { readCalendars } from './stored-calendars.ts';

/** Nobody has it; a caller whose number is in no list of the city's. */
const SAMPLE_CALLER = '09000000000';

/** What a calendar means: a month of days, and what a caller hears at a time. */
export function lookingRoutes({ db, guard }: { readonly db: Database; readonly guard: Guard }): Routes {
  return (server) => {
    server.get(
      '/api/calendars/:calendarId/month',
      {
        schema: {
          params: CalendarAddressSchema,
          querystring: CalendarMonthQuerySchema,
          response: { 200: CalendarMonthSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { calendar } = await readCalendar(db, request.params.calendarId);
        const holidays = await readHolidays(db);
        const month = Temporal.PlainYearMonth.from(request.query.month);
        const days = Array.from({ length: month.daysInMonth }, (_, index) =>
          showDay(calendar, holidays, month.toPlainDate({ day: index + 1 })),
        );
        return { month: request.query.month, days };
      },
    );
    server.get(
      '/api/calendars/:calendarId/at',
      {
        schema: {
          params: CalendarAddressSchema,
          querystring: CalendarAtQuerySchema,
          response: { 200: CalendarAtSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { calendarId } = request.params;
        const { when } = request.query;
        const { calendar } = await readCalendar(db, calendarId);
        const holidays = await readHolidays(db);
        const { calendars } = await readCalendars(db);
        const entries = await db.selectFrom('number_list_entry').selectAll().execute();
        const world: World = {
          calendarSays(id) {
            const asked = calendars.find((each) => each.calendarId === id)?.calendar;
            // As calls do: one that is not there counts as closed.
            if (asked === undefined) return { open: false, reason: '開庁時間の設定がありません' };
            return isOpen(asked, holidays, when);
          },
          listContains: (listId, number) =>
            entries.some((entry) => entry.list_id === listId && entry.number === number),
        };
        const numbers = (await readNumbersInForce(db)).filter((each) => each.calendarIds.has(calendarId));
        return {
          ...isOpen(calendar, holidays, when),
          numbers: numbers.map((number) => ({
            phoneNumber: number.phoneNumber,
            shown: showNumber(number.phoneNumber),
            name: number.name,
            isForSwitching: number.isForSwitching,
            heard: number.isForSwitching ? null : heardOn(number, when, world),
          })),
        };
      },
    );
  };
}

function heardOn({ flow, phoneNumber, name, bundleId }: NumberInForce, when: string, world: World) {
  if (flow === null || bundleId === null) return null;
  const { texts, stopsAt, nodeTitle } = firstHeard(
    flow,
    {
      callId: 'what-is-heard',
      phoneNumber,
      phoneNumberName: name,
      callerNumber: SAMPLE_CALLER,
      callerKind: callerKindOf(SAMPLE_CALLER, null),
      bundleId,
      beganAt: when,
    },
    world,
  );
  return { texts: [...texts], stopsAt, nodeTitle };
}
