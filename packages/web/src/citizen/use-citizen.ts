import { CitizenSchema } from '@madoguchi/server/inbox-contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const FIRST_PAGE: string | null = null;

/** All that is known of one number, page after page; asked for only where there is a number, since every look is audited. */
export function useCitizen(number: string) {
  return useInfiniteQuery({
    queryKey: queryKeys.citizen(number),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ number, ...(pageParam === null ? {} : { cursor: pageParam }) });
      return request(`/api/citizens?${query}`, CitizenSchema, { signal });
    },
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.nextCursor,
    enabled: number !== '',
    refetchOnWindowFocus: false,
  });
}
