import type { FlowDraft } from '@madoguchi/flow';
import {
  FlowAddedSchema,
  type FlowDetail,
  FlowDetailSchema,
  FlowDoneSchema,
  type FlowImport,
  FlowImportedSchema,
  FlowListSchema,
  type FlowWords,
  FlowWordsSchema,
} from '@madoguchi/server/flow-contract';
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

/** Adds an empty flow. */
export function useAddFlow() {
  const reread = useReread();
  return useMutation({
    mutationFn: ({ flowId, name }: { readonly flowId: string; readonly name: string }) =>
      request('/api/flows', FlowAddedSchema, { body: { flowId, name, draft: null } }),
    onSuccess: reread,
  });
}

/** Adds flows that belong together: all of them or none. */
export function useImportFlows() {
  const reread = useReread();
  return useMutation({
    mutationFn: (flows: FlowImport) => request('/api/flow-imports', FlowImportedSchema, { body: flows }),
    onSuccess: reread,
  });
}

/** Takes a flow off the list, as it stood in `version`. */
export function useRemoveFlow() {
  const reread = useReread();
  return useMutation({
    mutationFn: ({ flowId, version }: { readonly flowId: string; readonly version: number }) =>
      request(`/api/flows/${encodeURIComponent(flowId)}?version=${version}`, FlowDoneSchema, {
        method: 'DELETE',
      }),
    onSettled: reread,
  });
}

/** A flow and all others, as they are stored at this moment. */
export function readFlow(flowId: string): Promise<FlowDetail> {
  return request(`/api/flows/${encodeURIComponent(flowId)}`, FlowDetailSchema);
}

/** What a file with these flows has to hold besides them. */
export function readFlowWords(flows: readonly FlowDraft[]): Promise<FlowWords> {
  return request('/api/flow-exports', FlowWordsSchema, { body: { flows } });
}

function useReread(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    // A file brings announcements and readings along.
    const changed = [queryKeys.flows, queryKeys.announcements, queryKeys.readings];
    await Promise.all(changed.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  };
}
