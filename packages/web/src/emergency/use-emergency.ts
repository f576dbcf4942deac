import {
  EmergencyDoneSchema,
  type EmergencyDraft,
  EmergencyListSchema,
  EmergencyNowSchema,
  type EmergencyProblem,
  EmergencyProblemsSchema,
  EmergencySavedSchema,
} from '@madoguchi/server/emergency-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../account-queries.ts';
import { ApiError } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

/** What callers hear at this moment; asked for again and again, since every screen shows it. */
export const emergencyNowQuery = queryOptions({
  queryKey: queryKeys.emergencyNow,
  queryFn: ({ signal }) => request('/api/emergency/now', EmergencyNowSchema, { signal }),
  refetchInterval: 5_000,
  retry: false,
});

export function useEmergency() {
  return useQuery({
    queryKey: queryKeys.emergency,
    queryFn: ({ signal }) => request('/api/emergency', EmergencyListSchema, { signal }),
    refetchInterval: 5_000,
  });
}

/** Whether the person may prepare and switch; others only look. */
export function useMaySwitch(): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.rights.includes('switchEmergency') ?? false;
}

export type StoredMessage = { readonly messageId: string; readonly version: number };

/** Adds a message, or changes the one that is named. Takes some seconds: the sound is made. */
export function useSaveMessage() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: ({ draft, storedAs }: { draft: EmergencyDraft; storedAs: StoredMessage | null }) =>
      storedAs === null
        ? request('/api/emergency', EmergencySavedSchema, { body: { draft } })
        : request(addressOf(storedAs.messageId), EmergencySavedSchema, {
            method: 'PUT',
            body: { draft, version: storedAs.version },
          }),
    onSettled: afterwards,
  });
}

export function useRemoveMessage() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: ({ messageId, version }: StoredMessage) =>
      request(`${addressOf(messageId)}?version=${version}`, EmergencyDoneSchema, { method: 'DELETE' }),
    onSettled: afterwards,
  });
}

/** @returns switches a message on until `endsAt`, or off where that is null. */
export function useSwitch() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: ({ messageId, endsAt }: { messageId: string; endsAt: string | null }) =>
      request(
        `${addressOf(messageId)}/on`,
        EmergencyDoneSchema,
        endsAt === null ? { method: 'DELETE' } : { method: 'PUT', body: { endsAt } },
      ),
    onSettled: afterwards,
  });
}

function useReread(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [queryKeys.emergency, queryKeys.emergencyNow].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey, exact: true }),
      ),
    );
}

function addressOf(messageId: string): string {
  return `/api/emergency/${encodeURIComponent(messageId)}`;
}

/** What the server objects to, by field; none where it failed otherwise or not at all. */
export function emergencyProblemsOf(error: unknown): (path: EmergencyProblem['path']) => string | undefined {
  const told = error instanceof ApiError ? EmergencyProblemsSchema.safeParse(error.reply) : null;
  const problems = told?.success === true ? told.data.problems : [];
  return (path) => problems.find((problem) => problem.path === path)?.message;
}
