import type { FlowDraft } from '@madoguchi/flow';
import {
  FlowBehindSchema,
  FlowDetailSchema,
  FlowSavedSchema,
  PresentSchema,
  type StoredFlow,
} from '@madoguchi/server/flow-contract';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const PRESENCE_MS = 8_000;
/** Of this browser window, as long as it is open. */
const windowId = crypto.randomUUID();

/** A flow with all that editing it needs. Read anew each time the studio is opened, and not behind the back of who edits. */
export function useFlow(flowId: string) {
  return useQuery({
    queryKey: queryKeys.flow(flowId),
    queryFn: ({ signal }) => request(addressOf(flowId), FlowDetailSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Tells the server that this window has the flow open, and who else has. */
export function usePresence(flowId: string) {
  return useQuery({
    queryKey: queryKeys.presence(flowId),
    queryFn: ({ signal }) =>
      request(`${addressOf(flowId)}/presence`, PresentSchema, { method: 'PUT', body: { windowId }, signal }),
    refetchInterval: PRESENCE_MS,
    retry: false,
  });
}

export async function readNewest(flowId: string): Promise<StoredFlow> {
  return (await request(addressOf(flowId), FlowDetailSchema)).flow;
}

export type Saving =
  | { readonly type: 'saved'; readonly version: number }
  | { readonly type: 'behind'; readonly newest: StoredFlow };

/** Saves over `version`. @throws ApiError where it cannot be saved now. */
export async function saveFlow(draft: FlowDraft, version: number): Promise<Saving> {
  try {
    const saved = await request(addressOf(draft.id), FlowSavedSchema, {
      method: 'PUT',
      body: { draft, version },
    });
    return { type: 'saved', version: saved.version };
  } catch (error) {
    const behind = error instanceof ApiError ? FlowBehindSchema.safeParse(error.reply) : null;
    if (!behind?.success) throw error;
    return { type: 'behind', newest: behind.data.newest };
  }
}

function addressOf(flowId: string): string {
  return `/api/flows/${encodeURIComponent(flowId)}`;
}
