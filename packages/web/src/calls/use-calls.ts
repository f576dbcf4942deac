import { CallListSchema } from '@madoguchi/server/contract';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';
import { type CallsSearch, callsPath } from './calls-search.ts';

const FIRST_PAGE: string | null = null;

/** Calls that fit the search, newest first, page after page. */
export function useCalls(search: CallsSearch) {
  return useInfiniteQuery({
    queryKey: queryKeys.calls(search),
    queryFn: ({ pageParam, signal }) => request(callsPath(search, pageParam), CallListSchema, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}
