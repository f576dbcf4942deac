import { HealthSchema } from '@madoguchi/server/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

const healthQuery = queryOptions({
  queryKey: queryKeys.health,
  queryFn: ({ signal }) => request('/api/health', HealthSchema, { signal }),
  refetchInterval: 10_000,
  retry: false,
});

export type PartState = 'up' | 'down' | 'unknown';
export type Health = {
  readonly telephone: PartState;
  readonly sms: PartState;
  readonly database: PartState;
  readonly recordingSpace: 'enough' | 'low' | 'full' | 'unknown';
};

const NOT_KNOWN: Health = {
  telephone: 'unknown',
  sms: 'unknown',
  database: 'unknown',
  recordingSpace: 'unknown',
};

/** State of what the product stands on; `reached` is false where the server itself does not answer. */
export function useHealth(): { readonly health: Health; readonly reached: boolean } {
  const { data, error } = useQuery(healthQuery);
  if (error === null) return { health: data ?? NOT_KNOWN, reached: true };
  return { health: NOT_KNOWN, reached: !(error instanceof ApiError && error.status === 0) };
}
