import {
  type LinesInUse,
  TrunkDoneSchema,
  type TrunkDraft,
  TrunkLinesSchema,
  TrunkListSchema,
  type TrunkProblem,
  TrunkProblemsSchema,
  TrunkSavedSchema,
  TrunkTestResultSchema,
} from '@madoguchi/server/trunk-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

/** All trunks, in the order in which they are tried. */
export function useTrunks() {
  return useQuery({
    queryKey: queryKeys.trunks,
    queryFn: ({ signal }) => request('/api/trunks', TrunkListSchema, { signal }),
  });
}

const LOOK_AGAIN_MS = 2_000;

/** Lines in use now, by trunk id; null while that is not known. */
export function useLinesInUse(): Readonly<Record<string, LinesInUse>> | null {
  const { data, error } = useQuery({
    queryKey: queryKeys.trunkLines,
    queryFn: ({ signal }) => request('/api/trunk-lines', TrunkLinesSchema, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  // What was read before the trouble is not what is in use now.
  return error === null ? (data?.inUse ?? null) : null;
}

export type StoredAs = { readonly trunkId: string; readonly version: number };

/** Adds a trunk, or changes the one that is named. */
export function useSaveTrunk() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: ({ draft, storedAs }: { draft: TrunkDraft; storedAs: StoredAs | null }) =>
      storedAs === null
        ? request('/api/trunks', TrunkSavedSchema, { body: { draft } })
        : request(addressOf(storedAs.trunkId), TrunkSavedSchema, {
            method: 'PUT',
            body: { draft, version: storedAs.version },
          }),
    onSuccess: afterwards,
  });
}

export function useRemoveTrunk() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: ({ trunkId, version }: StoredAs) =>
      request(`${addressOf(trunkId)}?version=${version}`, TrunkDoneSchema, { method: 'DELETE' }),
    onSettled: afterwards,
  });
}

export function useOrderTrunks() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (trunkIds: readonly string[]) =>
      request('/api/trunk-order', TrunkDoneSchema, { method: 'PUT', body: { trunkIds } }),
    onSettled: afterwards,
  });
}

/** Asks the other side; takes up to some ten seconds where nothing answers. */
export function useTestTrunk() {
  const afterwards = useReread();
  return useMutation({
    mutationFn: (order: { readonly draft: TrunkDraft; readonly trunkId: string | null }) =>
      request('/api/trunk-tests', TrunkTestResultSchema, { body: order }),
    onSuccess: afterwards,
  });
}

function useReread(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: queryKeys.trunks });
}

function addressOf(trunkId: string): string {
  return `/api/trunks/${encodeURIComponent(trunkId)}`;
}

/** What the server objects to, field by field; none where it failed otherwise or not at all. */
export function problemsOf(error: unknown): readonly TrunkProblem[] {
  if (!(error instanceof ApiError)) return [];
  const told = TrunkProblemsSchema.safeParse(error.reply);
  return told.success ? told.data.problems : [];
}

/** Somebody else saved in between. */
export function isChangedMeanwhile(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'changedMeanwhile';
}
