import {
  SuppressionAddedSchema,
  SuppressionLiftedSchema,
  SuppressionListSchema,
  type SuppressionReason,
} from '@madoguchi/server/campaign-suppression-contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { base64Of } from '../../api/base64-of.ts';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

export type SuppressionFilter = {
  readonly addresseeNumber: string;
  readonly reason: SuppressionReason | null;
  readonly withEnded: boolean;
  readonly page: number;
};

/** What holds for one person and for a whole file alike. */
export type SuppressionTerms = {
  readonly reason: SuppressionReason;
  readonly note: string;
  readonly fromDay: string;
  readonly toDay: string | null;
};
export type Whom =
  | { readonly type: 'person'; readonly addresseeNumber: string; readonly telephone: string }
  | { readonly type: 'file'; readonly file: File };

export function useSuppressions(filter: SuppressionFilter) {
  const { addresseeNumber, reason, withEnded, page } = filter;
  const query = new URLSearchParams({ withEnded: String(withEnded), page: String(page) });
  if (addresseeNumber !== '') query.set('addresseeNumber', addresseeNumber);
  if (reason !== null) query.set('reason', reason);
  return useQuery({
    queryKey: queryKeys.suppressions(query.toString()),
    queryFn: ({ signal }) => request(`/api/suppressions?${query}`, SuppressionListSchema, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useSuppress() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: async ({ whom, terms }: { readonly whom: Whom; readonly terms: SuppressionTerms }) => {
      if (whom.type === 'file') {
        const body = { ...terms, content: await base64Of(whom.file) };
        return await request('/api/suppressions/file', SuppressionAddedSchema, { body });
      }
      const { addresseeNumber, telephone } = whom;
      return await request('/api/suppressions', SuppressionAddedSchema, {
        body: { ...terms, addresseeNumber, telephone },
      });
    },
    onSuccess: afterwards,
  });
}

export function useLift() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (suppressionId: string) =>
      request(`/api/suppressions/${suppressionId}/lift`, SuppressionLiftedSchema, { body: {} }),
    onSettled: afterwards,
  });
}

function useReread() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: queryKeys.allSuppressions });
}
