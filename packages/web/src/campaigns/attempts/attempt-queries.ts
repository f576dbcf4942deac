import { AttemptListSchema, AttemptStorySchema } from '@madoguchi/server/campaign-result-contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';
import { campaignAddress } from '../campaign-queries.ts';
import { type AttemptsSearch, attemptsPath } from './attempts-search.ts';

const FIRST_PAGE: string | null = null;

/** Page after page, newest first. */
export function useAttempts(campaignId: string, search: AttemptsSearch) {
  return useInfiniteQuery({
    queryKey: queryKeys.attempts(campaignId, search),
    queryFn: ({ pageParam, signal }) =>
      request(attemptsPath(campaignAddress(campaignId), search, pageParam), AttemptListSchema, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useAttemptStory(attemptId: string) {
  return useQuery({
    queryKey: queryKeys.attempt(attemptId),
    queryFn: ({ signal }) =>
      request(`/api/campaign-attempts/${encodeURIComponent(attemptId)}`, AttemptStorySchema, { signal }),
    // Each look is written down: it is not repeated by itself.
    refetchOnWindowFocus: false,
  });
}
