import {
  type Budget,
  BudgetShownSchema,
  CapsShownSchema,
  type ContactCaps,
  CostDoneSchema,
  OwnHostsShownSchema,
  type Rate,
  RateListSchema,
} from '@madoguchi/server/campaign-cost-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../../account-queries.ts';
import { request } from '../../api/request.ts';
import { queryKeys } from '../../query-keys.ts';

const ROOT = '/api/campaign-cost';

/** With what was used of this month, which campaigns change by themselves. */
export function useBudget() {
  return useQuery({
    queryKey: queryKeys.campaignCost('budget'),
    queryFn: ({ signal }) => request(`${ROOT}/budget`, BudgetShownSchema, { signal }),
    refetchInterval: 10_000,
  });
}

export function useCaps() {
  return useQuery({
    queryKey: queryKeys.campaignCost('caps'),
    queryFn: ({ signal }) => request(`${ROOT}/caps`, CapsShownSchema, { signal }),
  });
}

export function useOwnHosts() {
  return useQuery({
    queryKey: queryKeys.campaignCost('ownHosts'),
    queryFn: ({ signal }) => request(`${ROOT}/own-hosts`, OwnHostsShownSchema, { signal }),
  });
}

export function useRates() {
  return useQuery({
    queryKey: queryKeys.campaignCost('rates'),
    queryFn: ({ signal }) => request(`${ROOT}/rates`, RateListSchema, { signal }),
  });
}

/** Whether the person may change rates, budget and limits; others only look. */
export function useMayChangeCost(): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.rights.includes('approveCampaigns') ?? false;
}

export function useSaveBudget() {
  return useSave((body: { readonly budget: Budget; readonly version: number }) =>
    request(`${ROOT}/budget`, CostDoneSchema, { method: 'PUT', body }),
  );
}

export function useSaveCaps() {
  return useSave((body: { readonly caps: ContactCaps; readonly version: number }) =>
    request(`${ROOT}/caps`, CostDoneSchema, { method: 'PUT', body }),
  );
}

/** What campaigns still want before they are proposed may be otherwise then. */
export function useSaveOwnHosts() {
  return useSave((body: { readonly hosts: readonly string[]; readonly version: number }) =>
    request(`${ROOT}/own-hosts`, CostDoneSchema, { method: 'PUT', body }),
  );
}

export function useSaveRate() {
  return useSave((body: { readonly rate: Rate; readonly version: number | null }) =>
    request(`${ROOT}/rates`, CostDoneSchema, { method: 'PUT', body }),
  );
}

function useSave<Body>(save: (body: Body) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.allCampaignCost }),
  });
}
