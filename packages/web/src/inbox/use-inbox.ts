import {
  type InboxChange,
  InboxDetailSchema,
  InboxListSchema,
  PeopleSchema,
} from '@madoguchi/server/inbox-contract';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';
import { type InboxSearch, inboxPath } from './inbox-search.ts';

const LOOK_AGAIN_MS = 5_000;
const FIRST_PAGE: string | null = null;

/** The inbox, page after page, current by itself; the more pages are open, the less often they are read. */
export function useInbox(search: InboxSearch) {
  return useInfiniteQuery({
    queryKey: queryKeys.inbox(search),
    queryFn: ({ pageParam, signal }) => request(inboxPath(search, pageParam), InboxListSchema, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => LOOK_AGAIN_MS * (state.data?.pages.length ?? 1),
  });
}

/** One item; what colleagues do to it meanwhile arrives by itself. */
export function useItem(itemId: string) {
  return useQuery({
    queryKey: queryKeys.inboxItem(itemId),
    queryFn: ({ signal }) =>
      request(`/api/inbox/${encodeURIComponent(itemId)}`, InboxDetailSchema, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useChangeItem(itemId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: InboxChange) =>
      request(`/api/inbox/${encodeURIComponent(itemId)}`, InboxDetailSchema, { body: change }),
    onSuccess: (detail) => queryClient.setQueryData(queryKeys.inboxItem(itemId), detail),
    // Also after a refusal: what a colleague changed is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['inbox'] }),
  });
}

/** Colleagues to whom an item may be handed over. */
export function usePeople() {
  return useQuery({
    queryKey: queryKeys.inboxPeople,
    queryFn: async ({ signal }) => (await request('/api/inbox/people', PeopleSchema, { signal })).people,
    staleTime: 60_000,
  });
}
