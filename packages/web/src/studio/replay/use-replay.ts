import type { BundleDraft } from '@madoguchi/flow';
import {
  ReplayAddedSchema,
  ReplayListSchema,
  ReplaySchema,
  TrialDoneSchema,
} from '@madoguchi/server/trial-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

/** While a replay is not over. */
const LOOK_AGAIN_MS = 1_000;

export function useReplays(flowId: string) {
  return useQuery({
    queryKey: queryKeys.replays(flowId),
    queryFn: ({ signal }) => request(addressOf(flowId), ReplayListSchema, { signal }),
  });
}

/** One replay, looked at again and again until it is over. */
export function useReplay(flowId: string, replayId: string | null) {
  return useQuery({
    queryKey: queryKeys.replay(flowId, replayId ?? ''),
    queryFn: ({ signal }) => request(`${addressOf(flowId)}/${replayId}`, ReplaySchema, { signal }),
    enabled: replayId !== null,
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' || state.data?.state === 'running' ? LOOK_AGAIN_MS : false,
  });
}

export type ReplayWish = {
  readonly from: string;
  readonly to: string;
  readonly phoneNumbers: readonly string[];
};

/** Asks for a replay through a draft; null: as it is stored. */
export function useAskForReplay(flowId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ wish, bundle }: { wish: ReplayWish; bundle: BundleDraft | null }) =>
      request(addressOf(flowId), ReplayAddedSchema, { body: { ...wish, bundle } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.replays(flowId) }),
  });
}

export function useCancelReplay(flowId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (replayId: string) =>
      request(`${addressOf(flowId)}/${replayId}`, TrialDoneSchema, { method: 'DELETE' }),
    onSettled: (_done, _error, replayId) =>
      queryClient.invalidateQueries({ queryKey: queryKeys.replay(flowId, replayId) }),
  });
}

function addressOf(flowId: string): string {
  return `/api/flows/${encodeURIComponent(flowId)}/replays`;
}
