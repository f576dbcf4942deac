import {
  AnnouncementDetailSchema,
  AnnouncementDoneSchema,
  type AnnouncementDraft,
  AnnouncementListSchema,
  AnnouncementShownSchema,
} from '@madoguchi/server/announcement-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const addressOf = (announcementId: string) => `/api/announcements/${encodeURIComponent(announcementId)}`;

/** The whole library, by name. */
export function useAnnouncements() {
  return useQuery({
    queryKey: queryKeys.announcements,
    queryFn: ({ signal }) => request('/api/announcements', AnnouncementListSchema, { signal }),
  });
}

/** One announcement with all that it ever said. */
export function useAnnouncement(announcementId: string) {
  return useQuery({
    queryKey: queryKeys.announcement(announcementId),
    queryFn: ({ signal }) => request(addressOf(announcementId), AnnouncementDetailSchema, { signal }),
  });
}

export type StoredAs = { readonly announcementId: string; readonly version: number };

/** Adds an announcement, or changes the one that is named. */
export function useSaveAnnouncement() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, storedAs }: { draft: AnnouncementDraft; storedAs: StoredAs | null }) =>
      storedAs === null
        ? request('/api/announcements', AnnouncementShownSchema, { body: draft })
        : request(addressOf(storedAs.announcementId), AnnouncementShownSchema, {
            method: 'PUT',
            body: { ...draft, version: storedAs.version },
          }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.announcements }),
  });
}

export function useRemoveAnnouncement() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ announcementId, version }: StoredAs) =>
      request(`${addressOf(announcementId)}?version=${version}`, AnnouncementDoneSchema, {
        method: 'DELETE',
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.announcements, exact: true }),
  });
}
