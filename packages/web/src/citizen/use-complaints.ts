import { ComplaintNumbersSchema } from '@madoguchi/server/inbox-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const LOOK_AGAIN_MS = 10_000;

/** Whether a number carries the complaint flag; false while it is not known. */
export function useIsFlagged(number: string | null): boolean {
  const { data } = useQuery({
    queryKey: queryKeys.complaints,
    queryFn: async ({ signal }) =>
      (await request('/api/complaints', ComplaintNumbersSchema, { signal })).numbers,
    refetchInterval: LOOK_AGAIN_MS,
    staleTime: LOOK_AGAIN_MS,
  });
  return number !== null && (data?.includes(number) ?? false);
}

/** Sets or clears the flag of a number. */
export function useChangeComplaint() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: { readonly number: string; readonly flagged: boolean; readonly reason: string }) =>
      request('/api/complaints', ComplaintNumbersSchema, { body: change }),
    onSettled: (_reply, _error, { number }) =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: queryKeys.complaints }),
        queryClient.invalidateQueries({ queryKey: queryKeys.citizen(number) }),
      ]),
  });
}
