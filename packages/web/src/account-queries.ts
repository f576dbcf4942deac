import { MeSchema } from '@madoguchi/server/contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from './api/request.ts';
import { queryKeys } from './query-keys.ts';

/** Who is signed in; an ApiError with status 401 where nobody is. */
export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: ({ signal }) => request('/api/me', MeSchema, { signal }),
  staleTime: 60_000,
});
