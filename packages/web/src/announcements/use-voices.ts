import { VoiceListSchema } from '@madoguchi/server/announcement-contract';
import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

/** The voices that a flow may be spoken in; they change with a start of the house only. */
export function useVoices() {
  return useQuery({
    queryKey: queryKeys.voices,
    queryFn: ({ signal }) => request('/api/voices', VoiceListSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
