import { OwnPlacedCallSchema, type PlacedCallOrder } from '@madoguchi/server/inbox-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';
import { isOpen } from './placed-call-words.ts';

const WHILE_CALLING_MS = 1_000;
/** A call may be placed in another window. */
const OTHERWISE_MS = 10_000;

/** The clerk's own telephone and newest call, followed closely while it is open. */
export function useOwnCall() {
  return useQuery({
    queryKey: queryKeys.ownCall,
    queryFn: ({ signal }) => request('/api/placed-calls/own', OwnPlacedCallSchema, { signal }),
    refetchInterval: ({ state }) => {
      const call = state.data?.call ?? null;
      return call !== null && isOpen(call) ? WHILE_CALLING_MS : OTHERWISE_MS;
    },
    // Whoever talks looks elsewhere; the length and the end are to be right when he looks back.
    refetchIntervalInBackground: true,
  });
}

export function usePlaceCall() {
  return useOwnCallChange((order: PlacedCallOrder) =>
    request('/api/placed-calls', OwnPlacedCallSchema, { body: order }),
  );
}

export function useStopCall() {
  return useOwnCallChange((placedCallId: string) =>
    request(`/api/placed-calls/${placedCallId}/stop`, OwnPlacedCallSchema, { body: {} }),
  );
}

export function useChangeTelephone() {
  return useOwnCallChange((number: string) =>
    request('/api/own-telephone', OwnPlacedCallSchema, { body: { number } }),
  );
}

function useOwnCallChange<T>(
  mutationFn: (asked: T) => ReturnType<typeof request<typeof OwnPlacedCallSchema>>,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (own) => queryClient.setQueryData(queryKeys.ownCall, own),
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.ownCall }),
  });
}
