import {
  CampaignChoicesSchema,
  CampaignDetailSchema,
  CampaignListSchema,
  CampaignNoticeSchema,
  CampaignOutlookSchema,
  CampaignProgressSchema,
  CampaignProposalSchema,
  RecipientListSchema,
  RecipientPreviewSchema,
  RecipientSampleSchema,
  RecipientStorySchema,
} from '@madoguchi/server/campaign-contract';
import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { queryKeys } from '../query-keys.ts';
import { type RecipientsSearch, recipientsPath } from './recipients/recipients-search.ts';

/** What goes on by itself is looked at again while the screen is open. */
const FOLLOW_MS = 3_000;
const FIRST_PAGE: string | null = null;

export const campaignAddress = (campaignId: string) => `/api/campaigns/${encodeURIComponent(campaignId)}`;
export const proposalAddress = (proposalId: string) =>
  `/api/campaign-proposals/${encodeURIComponent(proposalId)}`;

/** @param department undefined: of all */
export function useCampaigns(state: 'open' | 'ended', department: string | undefined) {
  const query = new URLSearchParams({ state, ...(department === undefined ? {} : { department }) });
  return useQuery({
    queryKey: queryKeys.campaigns(state, department),
    queryFn: ({ signal }) => request(`/api/campaigns?${query}`, CampaignListSchema, { signal }),
    refetchInterval: FOLLOW_MS * 2,
  });
}

export function useCampaignChoices() {
  return useQuery({
    queryKey: queryKeys.campaignChoices,
    queryFn: ({ signal }) => request('/api/campaigns/choices', CampaignChoicesSchema, { signal }),
  });
}

/** A draft changes only by hand; anything else goes on by itself. */
export function useCampaign(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'detail'),
    queryFn: ({ signal }) => request(campaignAddress(campaignId), CampaignDetailSchema, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === 'ended'
        ? false
        : data.state === 'draft'
          ? FOLLOW_MS * 5
          : FOLLOW_MS,
  });
}

/** @param isWanted only of drafts there is one */
export function useCampaignOutlook(campaignId: string, isWanted: boolean) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'outlook'),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/outlook`, CampaignOutlookSchema, { signal }),
    enabled: isWanted,
  });
}

export function useCampaignProgress(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'progress'),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/progress`, CampaignProgressSchema, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'ended' ? false : FOLLOW_MS),
  });
}

/** Page after page, in the order of the file. */
export function useRecipients(campaignId: string, search: RecipientsSearch) {
  return useInfiniteQuery({
    queryKey: queryKeys.recipients(campaignId, search),
    queryFn: ({ pageParam, signal }) =>
      request(recipientsPath(campaignAddress(campaignId), search, pageParam), RecipientListSchema, {
        signal,
      }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** A few at random; others each time that `round` is another. */
export function useRecipientSample(campaignId: string, count: number, round: number) {
  return useQuery({
    queryKey: queryKeys.recipientSample(campaignId, round),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/recipients/sample?count=${count}`, RecipientSampleSchema, {
        signal,
      }),
    // Looking at another window must not change who is shown.
    staleTime: Number.POSITIVE_INFINITY,
    enabled: round > 0,
  });
}

export function recipientPreviewQuery(campaignId: string, recipientId: number) {
  return queryOptions({
    queryKey: queryKeys.campaign(campaignId, `preview ${recipientId}`),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/recipients/${recipientId}/preview`, RecipientPreviewSchema, {
        signal,
      }),
  });
}

export function useRecipientPreview(campaignId: string, recipientId: number) {
  return useQuery(recipientPreviewQuery(campaignId, recipientId));
}

export function useRecipientStory(campaignId: string, recipientId: number) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, `recipient ${recipientId}`),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/recipients/${recipientId}`, RecipientStorySchema, { signal }),
    // Each look is written down: it is not repeated by itself.
    refetchOnWindowFocus: false,
  });
}

export function useCampaignProposal(proposalId: string) {
  return useQuery({
    queryKey: queryKeys.campaignProposal(proposalId),
    queryFn: ({ signal }) => request(proposalAddress(proposalId), CampaignProposalSchema, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? FOLLOW_MS * 2 : false),
  });
}

export function useCampaignNotice(campaignId: string) {
  return useQuery({
    queryKey: queryKeys.campaign(campaignId, 'notice'),
    queryFn: ({ signal }) =>
      request(`${campaignAddress(campaignId)}/notice`, CampaignNoticeSchema, { signal }),
  });
}
