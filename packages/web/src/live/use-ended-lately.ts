import { CallListSchema, type CallSummary } from '@madoguchi/server/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const NONE: readonly CallSummary[] = [];

/** Calls that ended before the screen was opened; read again with every snapshot, since the stream was away before it. */
export function useEndedLately(snapshots: number): readonly CallSummary[] {
  const queryClient = useQueryClient();
  const { data } = useQuery({
    queryKey: queryKeys.callsEndedLately,
    queryFn: ({ signal }) => request('/api/calls', CallListSchema, { signal }),
  });
  useEffect(() => {
    if (snapshots > 1) void queryClient.invalidateQueries({ queryKey: queryKeys.callsEndedLately });
  }, [snapshots, queryClient]);
  return data?.calls ?? NONE;
}
