import { CountsSchema, VersionDetailSchema } from '@madoguchi/server/count-contract';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';
import type { Period } from './periods.ts';

/** A version as it was published; it never changes. */
export function useVersion(flowId: string, bundleId: string) {
  return useQuery({
    queryKey: queryKeys.version(flowId, bundleId),
    queryFn: ({ signal }) =>
      request(
        `/api/flows/${encodeURIComponent(flowId)}/versions/${encodeURIComponent(bundleId)}`,
        VersionDetailSchema,
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How many calls went where. `number` undefined: all of them. */
export function useCounts(
  flowId: string,
  { bundleId, period, number }: { bundleId: string; period: Period; number: string | undefined },
) {
  const query = new URLSearchParams({
    bundleId,
    ...period,
    ...(number === undefined ? {} : { phoneNumber: number }),
  });
  const address = `/api/flows/${encodeURIComponent(flowId)}/counts?${query.toString()}`;
  return useQuery({
    queryKey: queryKeys.counts(flowId, address),
    queryFn: ({ signal }) => request(address, CountsSchema, { signal }),
  });
}
