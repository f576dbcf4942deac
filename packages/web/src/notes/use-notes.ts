import {
  CallBackgroundSchema,
  type CallNote,
  type CallNoteChange,
  CallNoteSchema,
  NoteChoicesSchema,
} from '@madoguchi/server/inbox-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const LOOK_AGAIN_MS = 3_000;
const BACKGROUND_LOOK_AGAIN_MS = 10_000;

const pathOf = (callId: string, what: string) => `/api/calls/${encodeURIComponent(callId)}/${what}`;

/** The note on a call; what colleagues write arrives by itself. */
export function useNote(callId: string) {
  return useQuery({
    queryKey: queryKeys.note(callId),
    queryFn: ({ signal }) => request(pathOf(callId, 'note'), CallNoteSchema, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Who calls, for whoever's telephone rings. */
export function useBackground(callId: string) {
  return useQuery({
    queryKey: queryKeys.background(callId),
    queryFn: ({ signal }) => request(pathOf(callId, 'background'), CallBackgroundSchema, { signal }),
    refetchInterval: BACKGROUND_LOOK_AGAIN_MS,
  });
}

export const noteChoicesQuery = queryOptions({
  queryKey: queryKeys.noteChoices,
  queryFn: ({ signal }) => request('/api/note-choices', NoteChoicesSchema, { signal }),
  staleTime: 60_000,
});

export function useSaveNote(callId: string) {
  const settle = useSettle(callId);
  return useMutation({
    mutationFn: (note: CallNoteChange) => request(pathOf(callId, 'note'), CallNoteSchema, { body: note }),
    ...settle,
  });
}

/** 'I took it.' */
export function useTakeCall(callId: string) {
  const settle = useSettle(callId);
  return useMutation({
    mutationFn: (version: number) => request(pathOf(callId, 'taken'), CallNoteSchema, { body: { version } }),
    ...settle,
  });
}

/** A refusal means that somebody was quicker: what they wrote is to be seen. */
function useSettle(callId: string) {
  const queryClient = useQueryClient();
  return {
    onSuccess: (note: CallNote) => {
      queryClient.setQueryData(queryKeys.note(callId), note);
    },
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.note(callId) }),
  };
}
