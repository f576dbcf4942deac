import {
  CostDoneSchema,
  type OutcomeRule,
  OutcomeTableShownSchema,
} from '@madoguchi/server/campaign-cost-contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

/** How the answers of a trunk's network are read. */
export function useOutcomeTable(trunkId: string) {
  return useQuery({
    queryKey: queryKeys.outcomeTable(trunkId),
    queryFn: ({ signal }) => request(addressOf(trunkId), OutcomeTableShownSchema, { signal }),
  });
}

export type OutcomeTableOrder = {
  /** Null: as it came with the product. */
  readonly rules: readonly OutcomeRule[] | null;
  /** That was looked at; null: the trunk had no table of its own. */
  readonly version: number | null;
};

/** Stores the table; who stores reads it again. */
export function useSaveOutcomeTable(trunkId: string) {
  return useMutation({
    mutationFn: (body: OutcomeTableOrder) =>
      request(addressOf(trunkId), CostDoneSchema, { method: 'PUT', body }),
  });
}

function addressOf(trunkId: string): string {
  return `/api/trunks/${encodeURIComponent(trunkId)}/outcome-table`;
}
