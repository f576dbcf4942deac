import {
  AnnouncementDoneSchema,
  UploadedAudioListSchema,
  UploadedAudioSchema,
} from '@madoguchi/server/announcement-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

/** The sounds that staff have uploaded or recorded, newest first. */
export function useAudio() {
  return useQuery({
    queryKey: queryKeys.audio,
    queryFn: ({ signal }) => request('/api/audio', UploadedAudioListSchema, { signal }),
  });
}

export type Upload = { readonly file: Blob; readonly name: string; readonly origin: 'file' | 'browser' };

export function useUpload() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ file, name, origin }: Upload) =>
      request(`/api/audio?name=${encodeURIComponent(name)}&origin=${origin}`, UploadedAudioSchema, { file }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.audio }),
  });
}

export function useRemoveAudio() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (audioId: string) =>
      request(`/api/audio/${encodeURIComponent(audioId)}`, AnnouncementDoneSchema, { method: 'DELETE' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.audio }),
  });
}
