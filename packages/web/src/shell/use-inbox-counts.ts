import { type InboxCounts, InboxCountsSchema } from '@madoguchi/server/contract';
import { useIsMutating, useQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';
import { SIGN_OUT } from './use-sign-out.ts';

/** Time makes things overdue, so that no news could tell of it: the page looks for itself. */
const LOOK_AGAIN_MS = 5_000;

/** How much waits in the inbox; undefined until it is known. */
export function useInboxCounts(): InboxCounts | undefined {
  const isLeaving = useIsMutating({ mutationKey: SIGN_OUT }) > 0;
  const { data } = useQuery({
    queryKey: queryKeys.inboxCounts,
    queryFn: ({ signal }) => request('/api/inbox/counts', InboxCountsSchema, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
    enabled: !isLeaving,
  });
  return data;
}
