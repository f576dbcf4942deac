import type { VoiceId } from '@madoguchi/flow';
import { VoiceListSchema } from '@madoguchi/server/announcement-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

/** The voices that a flow may be spoken in, and the usual one. */
export function useVoices() {
  return useQuery({
    queryKey: queryKeys.voices,
    queryFn: ({ signal }) => request('/api/voices', VoiceListSchema, { signal }),
  });
}

/** Chooses the usual voice いつもの声. What is credited to it is read again. */
export function useChooseUsualVoice() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (voice: VoiceId) =>
      request('/api/voices/usual', VoiceListSchema, { method: 'PUT', body: { voice } }),
    onSettled: () =>
      Promise.all(
        [queryKeys.voices, queryKeys.announcements].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
