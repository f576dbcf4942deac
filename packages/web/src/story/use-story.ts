import { CallStorySchema } from '@madoguchi/server/contract';
import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const CALL_GOES_ON_MS = 2_000;
const RECORDING_IS_MADE_READY_MS = 5_000;

/** One call's story; read again while the call, its recordings or its text messages may still change. */
export function useStory(callId: string) {
  return useQuery({
    queryKey: queryKeys.story(callId),
    queryFn: ({ signal }) => request(`/api/calls/${encodeURIComponent(callId)}`, CallStorySchema, { signal }),
    refetchInterval({ state: { data } }) {
      if (data === undefined) return false;
      if (data.call.state === 'inProgress') return CALL_GOES_ON_MS;
      const unsettled =
        data.recordings.some(({ state }) => state === 'recording') ||
        data.sms.some(({ state }) => state === 'waiting' || state === 'submitting' || state === 'accepted');
      return unsettled ? RECORDING_IS_MADE_READY_MS : false;
    },
  });
}
