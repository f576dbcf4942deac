import {
  ResultDoneSchema,
  type ResultMappingDraft,
  ResultMappingSavedSchema,
  ResultPreviewSchema,
  ResultSourcesSchema,
} from '@madoguchi/server/campaign-result-contract';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { request } from '../../../api/request.ts';
import { queryKeys } from '../../../query-keys.ts';
import { useReread } from '../../campaign-deeds.ts';
import { campaignAddress } from '../../campaign-queries.ts';

const ADDRESS = '/api/result-mappings';
const addressOf = (mappingId: string) => `${ADDRESS}/${encodeURIComponent(mappingId)}`;

/** What the campaign's list offers to columns. */
export function useResultSources(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'result sources'),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/result-sources`, ResultSourcesSchema, { signal }),
  });
}

/** First rows of a file after a mapping that is not stored yet. @param draft null: it cannot be one yet */
export function useMappingPreview(campaignId: string, draft: ResultMappingDraft | null) {
  return useQuery({
    queryKey: queryKeys.mappingPreview(campaignId, draft),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/result-mapping-previews`, ResultPreviewSchema, {
        body: { draft },
        signal,
      }),
    enabled: draft !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
}

/** @param stored null: it becomes a new one */
export function useSaveMapping() {
  const reread = useReread();
  return useMutation({
    mutationFn: ({
      stored,
      draft,
    }: {
      readonly stored: { readonly mappingId: string; readonly version: number } | null;
      readonly draft: ResultMappingDraft;
    }) =>
      stored === null
        ? request(ADDRESS, ResultMappingSavedSchema, { body: { draft } })
        : request(addressOf(stored.mappingId), ResultMappingSavedSchema, {
            method: 'PUT',
            body: { draft, version: stored.version },
          }),
    onSettled: reread,
  });
}

export function useRemoveMapping() {
  const reread = useReread();
  return useMutation({
    mutationFn: ({ mappingId, version }: { readonly mappingId: string; readonly version: number }) =>
      request(`${addressOf(mappingId)}?version=${version}`, ResultDoneSchema, { method: 'DELETE' }),
    onSettled: reread,
  });
}
