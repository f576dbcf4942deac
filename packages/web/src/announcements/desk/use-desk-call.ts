import {
  type DeskCall,
  type DeskCallOrder,
  OwnDeskCallSchema,
} from '@madoguchi/server/announcement-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

const WHILE_CALLING_MS = 1_000;

export function isOpen({ state }: DeskCall): boolean {
  return state !== 'done' && state !== 'failed' && state !== 'unknown';
}

/** The clerk's newest call to the own telephone, followed while it is open. */
export function useDeskCall() {
  return useQuery({
    queryKey: queryKeys.deskCall,
    queryFn: ({ signal }) => request('/api/desk-calls/own', OwnDeskCallSchema, { signal }),
    refetchInterval: ({ state }) => {
      const call = state.data?.call ?? null;
      return call !== null && isOpen(call) ? WHILE_CALLING_MS : false;
    },
    refetchIntervalInBackground: true,
  });
}

/** What to ring for; found out only once it is wanted, where that costs something. */
export type DeskOrdering = DeskCallOrder | (() => Promise<DeskCallOrder>);

/** Rings the clerk's own telephone. */
export function useRingDesk() {
  return useDeskChange(async (order: DeskOrdering) =>
    request('/api/desk-calls', OwnDeskCallSchema, {
      body: typeof order === 'function' ? await order() : order,
    }),
  );
}

export function useStopDeskCall() {
  return useDeskChange((deskCallId: string) =>
    request(`/api/desk-calls/${deskCallId}/stop`, OwnDeskCallSchema, { body: {} }),
  );
}

function useDeskChange<T>(mutationFn: (asked: T) => ReturnType<typeof request<typeof OwnDeskCallSchema>>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (own) => queryClient.setQueryData(queryKeys.deskCall, own),
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.deskCall }),
  });
}
