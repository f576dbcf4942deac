import {
  CampaignListSchema,
  CampaignListsSchema,
  type ColumnMapping,
  ListMappingSchema,
  ListMappingsSchema,
  ListPreviewSchema,
  type ListPurpose,
  ListRowsSchema,
  type RowProblemCode,
} from '@madoguchi/server/campaign-list-contract';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';
import { useReread } from '../campaign-deeds.ts';
import { campaignAddress } from '../campaign-queries.ts';

const FOLLOW_MS = 1_000;
const listAddress = (listId: string) => `/api/campaign-lists/${encodeURIComponent(listId)}`;
/** Where the rows that are left out are downloaded. */
export const leftOutAddress = (listId: string) => `${listAddress(listId)}/left-out.csv`;

/** The lists of a campaign, newest first; followed while one is read. */
export function useLists(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'lists'),
    queryFn: ({ signal }) => request(`${campaignAddress(campaignId)}/lists`, CampaignListsSchema, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.lists.some(({ state }) => state === 'reading') ? FOLLOW_MS : false,
  });
}

export function useListPreview(listId: string) {
  return useQuery({
    queryKey: queryKeys.campaignList(listId, 'preview'),
    queryFn: ({ signal }) => request(`${listAddress(listId)}/preview`, ListPreviewSchema, { signal }),
  });
}

const BEGINNING: number | null = 0;
/** Rows that are left out or warned of, page after page. */
export function useListRows(listId: string, which: 'leftOut' | 'warned', code: RowProblemCode | null) {
  return useInfiniteQuery({
    queryKey: queryKeys.campaignList(listId, `rows ${which} ${code ?? ''}`),
    queryFn: ({ pageParam, signal }) =>
      request(
        `${listAddress(listId)}/rows?which=${which}&after=${pageParam ?? 0}${code === null ? '' : `&code=${code}`}`,
        ListRowsSchema,
        { signal },
      ),
    initialPageParam: BEGINNING,
    getNextPageParam: (last) => last.next,
  });
}

export function useListMappings() {
  return useQuery({
    queryKey: queryKeys.listMappings,
    queryFn: ({ signal }) => request('/api/list-mappings', ListMappingsSchema, { signal }),
  });
}

export function useSendList(campaignId: string, purpose: ListPurpose) {
  const reread = useReread();
  return useMutation({
    mutationFn: (file: File) =>
      request(
        `${campaignAddress(campaignId)}/lists?${new URLSearchParams({ purpose, fileName: file.name })}`,
        CampaignListSchema,
        { file },
      ),
    onSettled: reread,
  });
}

export function useReadList(listId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (columns: readonly ColumnMapping[]) =>
      request(`${listAddress(listId)}/read`, CampaignListSchema, { body: { columns } }),
    onSettled: reread,
  });
}

/** Takes a checked list in, or gives it up. */
export function useSettleList(listId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (what: 'accept' | 'cancel') =>
      request(`${listAddress(listId)}/${what}`, CampaignListSchema, { body: {} }),
    onSettled: reread,
  });
}

/** Keeps the mapping under a name, in place of the one that had it. */
export function useKeepMapping() {
  const reread = useReread();
  return useMutation({
    mutationFn: ({
      mapping,
      ...body
    }: {
      readonly mapping: { readonly mappingId: string; readonly version: number } | null;
      readonly name: string;
      readonly purpose: ListPurpose;
      readonly columns: readonly ColumnMapping[];
    }) =>
      mapping === null
        ? request('/api/list-mappings', ListMappingSchema, { body })
        : request(`/api/list-mappings/${encodeURIComponent(mapping.mappingId)}`, ListMappingSchema, {
            method: 'PUT',
            body: { ...body, version: mapping.version },
          }),
    onSettled: reread,
  });
}
