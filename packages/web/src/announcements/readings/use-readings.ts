import {
  AnnouncementDoneSchema,
  ReadingListSchema,
  ReadingShownSchema,
} from '@madoguchi/server/announcement-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

/** Staff's reading dictionary. */
export function useReadings() {
  return useQuery({
    queryKey: queryKeys.readings,
    queryFn: ({ signal }) => request('/api/readings', ReadingListSchema, { signal }),
  });
}

export function useSaveReading() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (entry: { surface: string; reading: string; version: number | null }) =>
      request('/api/readings', ReadingShownSchema, { method: 'PUT', body: entry }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.readings }),
  });
}

export function useRemoveReading() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ surface, version }: { surface: string; version: number }) =>
      request(
        `/api/readings?surface=${encodeURIComponent(surface)}&version=${version}`,
        AnnouncementDoneSchema,
        { method: 'DELETE' },
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.readings }),
  });
}
