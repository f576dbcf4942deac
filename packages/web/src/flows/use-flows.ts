import type { FlowDraft } from '@madoguchi/flow';
import { FlowAddedSchema, FlowListSchema } from '@madoguchi/server/flow-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

/** Every flow that staff edit. */
export function useFlows() {
  return useQuery({
    queryKey: queryKeys.flows,
    queryFn: ({ signal }) => request('/api/flows', FlowListSchema, { signal }),
  });
}

/** Adds a flow: empty, or as it was imported or made of a template. */
export function useAddFlow() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (flow: {
      readonly flowId: string;
      readonly name: string;
      readonly draft: FlowDraft | null;
    }) => request('/api/flows', FlowAddedSchema, { body: flow }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.flows }),
  });
}
