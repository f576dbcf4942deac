import type { FlowTest, HouseView } from '@madoguchi/flow';
import {
  FlowTestAddedSchema,
  FlowTestListSchema,
  TrialDoneSchema,
  type TrialHouse,
  TrialHouseSchema,
} from '@madoguchi/server/trial-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

/** Calendars, lists and numbers that a trial looks at. */
export function useTrialHouse() {
  return useQuery({
    queryKey: queryKeys.trialHouse,
    queryFn: ({ signal }) => request('/api/trial-house', TrialHouseSchema, { signal }),
    staleTime: 60_000,
  });
}

/** The same as the flow asks it. Callers of a trial stand on the lists that its setting names, and on no others. */
export function houseViewOf({ calendars, holidays }: TrialHouse): HouseView {
  return { calendars, holidays: new Map(Object.entries(holidays)), standsOn: () => null };
}

export function useFlowTests(flowId: string) {
  return useQuery({
    queryKey: queryKeys.flowTests(flowId),
    queryFn: ({ signal }) => request(`${addressOf(flowId)}/tests`, FlowTestListSchema, { signal }),
  });
}

/** Adds a test, or puts another in the place of one. */
export function useSaveTest(flowId: string) {
  const afterwards = useReread(flowId);
  return useMutation({
    mutationFn: async ({ testId, ...body }: { testId: string | null; name: string; test: FlowTest }) => {
      const address = `${addressOf(flowId)}/tests`;
      if (testId === null) await request(address, FlowTestAddedSchema, { body });
      else await request(`${address}/${testId}`, TrialDoneSchema, { method: 'PUT', body });
    },
    onSuccess: afterwards,
  });
}

export function useRemoveTest(flowId: string) {
  const afterwards = useReread(flowId);
  return useMutation({
    mutationFn: (testId: string) =>
      request(`${addressOf(flowId)}/tests/${testId}`, TrialDoneSchema, { method: 'DELETE' }),
    onSettled: afterwards,
  });
}

function useReread(flowId: string): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: queryKeys.flowTests(flowId) });
}

function addressOf(flowId: string): string {
  return `/api/flows/${encodeURIComponent(flowId)}`;
}
