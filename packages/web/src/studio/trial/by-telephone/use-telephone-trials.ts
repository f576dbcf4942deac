import {
  type DraftError,
  DraftErrorsSchema,
  TelephoneTrialListSchema,
  type TelephoneTrialOrder,
  TelephoneTrialOrderedSchema,
} from '@madoguchi/server/telephone-trial-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../api/api-error.ts';
import { request } from '../../../api/request.ts';
import { queryKeys } from '../../../query-keys.ts';

/** While sounds are being made: somebody waits for them with a telephone at hand. */
const SOON_MS = 1_000;
/** Colleagues order, too. */
const LATER_MS = 10_000;

/** The numbers under test with what is on trial there, and how that stands to the draft of this version. */
export function useTelephoneTrials(flowId: string, draftVersion: number) {
  return useQuery({
    queryKey: queryKeys.telephoneTrials(flowId, draftVersion),
    queryFn: ({ signal }) => request(addressOf(flowId), TelephoneTrialListSchema, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.numbers.some(({ ordered }) => ordered?.failedBecause === null) === true ? SOON_MS : LATER_MS,
  });
}

/** Lets test callers reach the stored draft, which must be of the version that is on the screen. */
export function useOrderTrial(flowId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: TelephoneTrialOrder) =>
      request(addressOf(flowId), TelephoneTrialOrderedSchema, { body }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.phoneNumbers }),
  });
}

/** What is wrong with the draft, where that is why it was refused. */
export function draftErrorsOf(error: unknown): readonly DraftError[] {
  const told = error instanceof ApiError ? DraftErrorsSchema.safeParse(error.reply) : null;
  return told?.success === true ? told.data.errors : [];
}

function addressOf(flowId: string): string {
  return `/api/flows/${encodeURIComponent(flowId)}/telephone-trials`;
}
