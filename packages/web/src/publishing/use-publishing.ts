import {
  type Decision,
  DifferenceSchema,
  type ProposalAdd,
  ProposalAddedSchema,
  ProposalDetailSchema,
  ProposalListSchema,
  PublishDoneSchema,
  PublishingOutlookSchema,
  VersionListSchema,
} from '@madoguchi/server/publish-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';

/** While sounds are made or a plan is near, the screen follows by itself. */
const FOLLOW_MS = 3_000;
const flowAddress = (flowId: string) => `/api/flows/${encodeURIComponent(flowId)}`;
const proposalAddress = (proposalId: string) => `/api/proposals/${encodeURIComponent(proposalId)}`;

/** How a draft stands to what is in force. */
export function useOutlook(flowId: string) {
  return useQuery({
    queryKey: queryKeys.publishing(flowId, 'outlook'),
    queryFn: ({ signal }) =>
      request(`${flowAddress(flowId)}/publishing`, PublishingOutlookSchema, { signal }),
  });
}

export function useVersions(flowId: string) {
  return useQuery({
    queryKey: queryKeys.publishing(flowId, 'versions'),
    queryFn: ({ signal }) => request(`${flowAddress(flowId)}/versions`, VersionListSchema, { signal }),
  });
}

/** What the draft says otherwise than a version. */
export function useDifference(flowId: string, older: string | null) {
  return useQuery({
    queryKey: queryKeys.publishing(flowId, `since ${older}`),
    queryFn: ({ signal }) =>
      request(
        `${flowAddress(flowId)}/difference?older=${encodeURIComponent(older ?? '')}`,
        DifferenceSchema,
        { signal },
      ),
    enabled: older !== null,
  });
}

export function useProposals(state: 'open' | 'settled') {
  return useQuery({
    queryKey: queryKeys.proposals(state),
    queryFn: ({ signal }) => request(`/api/proposals?state=${state}`, ProposalListSchema, { signal }),
    refetchInterval: FOLLOW_MS * 3,
  });
}

export function useProposal(proposalId: string) {
  return useQuery({
    queryKey: queryKeys.proposals(proposalId),
    queryFn: ({ signal }) => request(proposalAddress(proposalId), ProposalDetailSchema, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' || state.data?.state === 'approved' ? FOLLOW_MS : false,
  });
}

export function usePropose(flowId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (order: ProposalAdd) =>
      request(`${flowAddress(flowId)}/proposals`, ProposalAddedSchema, { body: order }),
    onSettled: reread,
  });
}

export function useDecide(proposalId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (decision: Decision) =>
      request(`${proposalAddress(proposalId)}/decisions`, PublishDoneSchema, { body: decision }),
    onSettled: reread,
  });
}

/** Takes a proposal back, or publishes it by hand. */
export function useSettle(proposalId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (what: 'withdrawal' | 'publication') =>
      request(`${proposalAddress(proposalId)}/${what}`, PublishDoneSchema, { body: {} }),
    onSettled: reread,
  });
}

/** Puts an earlier version in force. */
export function useRollBack() {
  const reread = useReread();
  return useMutation({
    mutationFn: ({
      phoneNumber,
      ...body
    }: {
      readonly phoneNumber: string;
      readonly bundleId: string;
      readonly from: string | null;
    }) =>
      request(`/api/numbers/${encodeURIComponent(phoneNumber)}/version`, PublishDoneSchema, {
        method: 'PUT',
        body,
      }),
    onSettled: reread,
  });
}

function useReread(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [['publishing'], ['proposals'], queryKeys.flows].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
}
