import {
  ReachSchema,
  ResultExportListSchema,
  type ResultExportOrder,
  ResultExportSchema,
  ResultMappingListSchema,
  ResultPreviewSchema,
  ResultTotalsSchema,
} from '@madoguchi/server/campaign-result-contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';
import { useReread } from '../campaign-deeds.ts';
import { campaignAddress } from '../campaign-queries.ts';

const FOLLOW_MS = 5_000;
const exportAddress = (exportId: string) => `/api/result-exports/${encodeURIComponent(exportId)}`;

export function useResultTotals(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'results'),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/results`, ResultTotalsSchema, { signal }),
    refetchInterval: FOLLOW_MS,
  });
}

/** Hour by hour; for a chart. */
export function useReach(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'reach'),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/reach?step=hour`, ReachSchema, { signal }),
    refetchInterval: FOLLOW_MS * 6,
  });
}

export function useResultMappings() {
  return useQuery({
    queryKey: queryKeys.resultMappings,
    queryFn: ({ signal }) => request('/api/result-mappings', ResultMappingListSchema, { signal }),
  });
}

export function useResultExports(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'exports'),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/result-exports`, ResultExportListSchema, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.exports.some(({ state }) => state === 'making') ? FOLLOW_MS : false,
  });
}

export function useResultExport(exportId: string) {
  return useQuery({
    queryKey: queryKeys.resultExport(exportId),
    queryFn: ({ signal }) => request(exportAddress(exportId), ResultExportSchema, { signal }),
  });
}

/** Shows what a file would hold; makes nothing. */
export function usePreviewResults(campaignId: string) {
  return useMutation({
    mutationFn: (body: { readonly mappingId: string; readonly of: { readonly type: 'new' } }) =>
      request(`${campaignAddress(campaignId)}/result-previews`, ResultPreviewSchema, { body }),
  });
}

export function useMakeExport(campaignId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (body: ResultExportOrder) =>
      request(`${campaignAddress(campaignId)}/result-exports`, ResultExportSchema, { body }),
    onSettled: reread,
  });
}

/** Makes the files again, with the same attempts, where that failed. */
export function useMakeFilesAgain() {
  const reread = useReread();
  return useMutation({
    mutationFn: (exportId: string) =>
      request(`${exportAddress(exportId)}/files`, ResultExportSchema, { body: {} }),
    onSettled: reread,
  });
}

export function useDeliverExport(exportId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (
      body: { readonly kind: 'dropFolder' } | { readonly kind: 'handedOver'; readonly note: string },
    ) => request(`${exportAddress(exportId)}/deliveries`, ResultExportSchema, { body }),
    onSettled: reread,
  });
}
