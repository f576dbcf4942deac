import { NumberListSchema } from '@madoguchi/server/contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from './api/request.ts';
import { queryKeys } from './query-keys.ts';

/** The city's telephone numbers that this system answers. */
export const numbersQuery = queryOptions({
  queryKey: queryKeys.numbers,
  queryFn: ({ signal }) => request('/api/numbers', NumberListSchema, { signal }),
  staleTime: 60_000,
});
