import { ResultDoneSchema } from '@madoguchi/server/campaign-result-contract';
import {
  ResultTokenListSchema,
  ResultTokenMadeSchema,
} from '@madoguchi/server/campaign-result-token-contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { request } from '../../../api/request.ts';
import { queryKeys } from '../../../query-keys.ts';
import { useReread } from '../../campaign-deeds.ts';

const ADDRESS = '/api/result-tokens';

export function useResultTokens() {
  return useQuery({
    queryKey: queryKeys.resultTokens,
    queryFn: ({ signal }) => request(ADDRESS, ResultTokenListSchema, { signal }),
  });
}

/** The token is in the answer, this once. */
export function useMakeToken() {
  const reread = useReread();
  return useMutation({
    mutationFn: (body: { readonly name: string; readonly days: number }) =>
      request(ADDRESS, ResultTokenMadeSchema, { body }),
    // Nothing of it stays in the browser once the screen is left.
    gcTime: 0,
    onSettled: reread,
  });
}

export function useRevokeToken() {
  const reread = useReread();
  return useMutation({
    mutationFn: (tokenId: string) =>
      request(`${ADDRESS}/${encodeURIComponent(tokenId)}/revocation`, ResultDoneSchema, { body: {} }),
    onSettled: reread,
  });
}
