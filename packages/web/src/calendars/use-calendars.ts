import type { Calendar, HolidaySet } from '@madoguchi/flow';
import {
  CalendarAtSchema,
  type CalendarDetail,
  CalendarDetailSchema,
  CalendarDoneSchema,
  CalendarListSchema,
  CalendarProblemsSchema,
  CalendarSavedSchema,
  HolidaysLoadedSchema,
  HolidaysSchema,
} from '@madoguchi/server/calendar-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError } from '../api/api-error.ts';
import { base64Of } from '../api/base64-of.ts';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

export function useCalendars() {
  return useQuery({
    queryKey: queryKeys.calendars,
    queryFn: ({ signal }) => request('/api/calendars', CalendarListSchema, { signal }),
  });
}

export function useCalendar(calendarId: string) {
  return useQuery({
    queryKey: queryKeys.calendar(calendarId),
    queryFn: ({ signal }) => request(addressOf(calendarId), CalendarDetailSchema, { signal }),
  });
}

/** Which 祝日 count, and whence they come. */
export function useHolidays() {
  return useQuery({
    queryKey: queryKeys.holidays,
    queryFn: ({ signal }) => request('/api/holidays', HolidaysSchema, { signal }),
  });
}

/** The 祝日 as the calendar's rules look them up; null while they are being read. */
export function useHolidaySet(): HolidaySet | null {
  const { data } = useHolidays();
  return useMemo(() => (data === undefined ? null : new Map(Object.entries(data.holidays))), [data]);
}

export function useAddCalendar() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (name: string) => request('/api/calendars', CalendarSavedSchema, { body: { name } }),
    onSuccess: afterwards,
  });
}

export function useSaveCalendar(calendarId: string) {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (change: { readonly calendar: Calendar; readonly version: number }) =>
      request(addressOf(calendarId), CalendarSavedSchema, { method: 'PUT', body: change }),
    onSettled: afterwards,
  });
}

export function useRemoveCalendar() {
  const afterwards = useReread();
  return useMutation({
    // Which versions are given up has been read in the question.
    mutationFn: ({ calendarId, version, earlierVersions }: CalendarDetail) =>
      request(
        `${addressOf(calendarId)}?version=${version}&giveUpVersions=${earlierVersions.length > 0}`,
        CalendarDoneSchema,
        { method: 'DELETE' },
      ),
    onSettled: afterwards,
  });
}

/** What a caller hears at a time, by what is saved. */
export function useCalendarAt(calendarId: string) {
  return useMutation({
    mutationFn: (when: string) =>
      request(`${addressOf(calendarId)}/at?when=${encodeURIComponent(when)}`, CalendarAtSchema),
  });
}

export function useLoadHolidays() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: async (file: File) =>
      request('/api/holidays', HolidaysLoadedSchema, {
        body: { fileName: file.name, content: await base64Of(file) },
      }),
    onSuccess: afterwards,
  });
}

/** What the server objects to, place by place; none where it failed otherwise or not at all. */
export function problemsOf(error: unknown): readonly { readonly path: string; readonly message: string }[] {
  if (!(error instanceof ApiError)) return [];
  const told = CalendarProblemsSchema.safeParse(error.reply);
  return told.success ? told.data.problems : [];
}

function useReread(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: queryKeys.calendars }),
      queryClient.invalidateQueries({ queryKey: queryKeys.holidays }),
    ]);
}

function addressOf(calendarId: string): string {
  return `/api/calendars/${encodeURIComponent(calendarId)}`;
}
