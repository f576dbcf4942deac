import {
  type CampaignChange,
  type CampaignDecision,
  CampaignDoneSchema,
  type CampaignKind,
  CampaignProblemsSchema,
  CampaignProposedSchema,
  CampaignSavedSchema,
} from '@madoguchi/server/campaign-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '../account-queries.ts';
import { ApiError } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';
import { campaignAddress, proposalAddress } from './campaign-queries.ts';

/** What staff do to campaigns. Nothing is repeated by itself. */

/** Whether who is signed in may make a new one. */
export function useMayEditCampaigns(): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.rights.includes('editCampaigns') ?? false;
}

/** What the server objected to, by field of the draft. */
export function campaignProblemOf(error: unknown): (path: string) => string | undefined {
  const told = CampaignProblemsSchema.safeParse(error instanceof ApiError ? error.reply : null);
  return (path) =>
    told.success ? told.data.problems.find((problem) => problem.path === path)?.message : undefined;
}

export function useAddCampaign() {
  const reread = useReread();
  return useMutation({
    mutationFn: (body: { readonly name: string; readonly kind: CampaignKind }) =>
      request('/api/campaigns', CampaignSavedSchema, { body }),
    onSettled: reread,
  });
}

/** A draft with the same settings and nobody to be called. */
export function useCopyCampaign(campaignId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (name: string) =>
      request(`${campaignAddress(campaignId)}/copies`, CampaignSavedSchema, { body: { name } }),
    onSettled: reread,
  });
}

export function useSaveCampaign(campaignId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (body: CampaignChange) =>
      request(campaignAddress(campaignId), CampaignSavedSchema, { method: 'PUT', body }),
    onSettled: reread,
  });
}

export function useRemoveCampaign(campaignId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (version: number) =>
      request(`${campaignAddress(campaignId)}?version=${version}`, CampaignDoneSchema, { method: 'DELETE' }),
    onSettled: reread,
  });
}

/** @param onProposed told before anything is read again: what asked is gone then, since the campaign is no draft any more. */
export function useProposeCampaign(campaignId: string, onProposed: (proposalId: string) => void) {
  const reread = useReread();
  return useMutation({
    mutationFn: (body: { readonly version: number; readonly comment: string }) =>
      request(`${campaignAddress(campaignId)}/proposals`, CampaignProposedSchema, { body }),
    onSuccess: ({ proposalId }) => onProposed(proposalId),
    onSettled: reread,
  });
}

export function useDecideCampaign(proposalId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (body: CampaignDecision) =>
      request(`${proposalAddress(proposalId)}/decisions`, CampaignDoneSchema, { body }),
    onSettled: reread,
  });
}

export function useWithdrawCampaign(proposalId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: () => request(`${proposalAddress(proposalId)}/withdrawal`, CampaignDoneSchema, { body: {} }),
    onSettled: reread,
  });
}

/** `running`: goes on after a pause. `ended`: for good. */
export function useSetCampaignState(campaignId: string) {
  const reread = useReread();
  return useMutation({
    mutationFn: (body: { readonly to: 'running' | 'paused' | 'ended'; readonly version: number }) =>
      request(`${campaignAddress(campaignId)}/state`, CampaignSavedSchema, { body }),
    onSettled: reread,
  });
}

/** Never called again by this campaign. */
export function useRemoveRecipient(campaignId: string, recipientId: number) {
  const reread = useReread();
  return useMutation({
    mutationFn: (reason: string) =>
      request(`${campaignAddress(campaignId)}/recipients/${recipientId}/removal`, CampaignDoneSchema, {
        body: { reason },
      }),
    onSettled: reread,
  });
}

/** Also after a refusal: what a colleague did is to be seen. */
export function useReread(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['campaigns'] });
}

/** Somebody listened: what still has to be heard before a proposal is looked at again. */
export function useTellHeard(campaignId: string): () => void {
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries({ queryKey: queryKeys.campaign(campaignId, 'outlook') });
}
