import { z } from 'zod';
import {
  CampaignDecisionSchema,
  CampaignDoneSchema,
  CampaignOutlookSchema,
  CampaignProblemsSchema,
  CampaignProposalAddSchema,
  CampaignProposalSchema,
  CampaignProposedSchema,
} from '../../http/campaign-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import { decide, withdraw } from './decide.ts';
import { campaignGone } from './drafts.ts';
import { outlookOf } from './outlook.ts';
import { propose } from './propose.ts';
import { readProposal } from './read-proposal.ts';
import {
  CampaignAddressSchema,
  type CampaignRouteParts,
  type DeedOf,
  problemsReply,
  reply,
} from './route-parts.ts';
import { textOf } from './text-of.ts';

const ProposalAddressSchema = z.object({ proposalId: z.string().max(64) });

/** 決裁 of campaigns: how a draft stands, proposals, decisions. */
export function proposalRoutes({
  deedOf,
  ...parts
}: CampaignRouteParts & { readonly deedOf: DeedOf }): Routes {
  const { db, guard, clock } = parts;
  return (server) => {
    server.get(
      '/api/campaigns/:campaignId/outlook',
      { schema: { params: CampaignAddressSchema, response: reply(CampaignOutlookSchema) } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const campaign = await db
          .selectFrom('campaign')
          .selectAll()
          .where('campaign_id', '=', request.params.campaignId)
          .executeTakeFirst();
        if (campaign === undefined) throw campaignGone();
        const { texts, findings, failedTests, ...outlook } = await outlookOf(parts, campaign, clock.now());
        return {
          ...outlook,
          findings: [...findings],
          failedTests: [...failedTests],
          texts: texts.map((text) => ({ ...textOf(text), isHeard: text.isHeard })),
        };
      },
    );
    server.post(
      '/api/campaigns/:campaignId/proposals',
      {
        schema: {
          params: CampaignAddressSchema,
          body: CampaignProposalAddSchema,
          response: { 201: CampaignProposedSchema, 422: CampaignProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, answer) => {
        const deed = await deedOf(request, 'editCampaigns');
        const proposed = await propose(parts, request.params.campaignId, request.body, deed);
        if (!proposed.ok) return answer.status(422).send(problemsReply(proposed.problems));
        return answer.status(201).send({ proposalId: proposed.proposalId });
      },
    );
    server.get(
      '/api/campaign-proposals/:proposalId',
      { schema: { params: ProposalAddressSchema, response: reply(CampaignProposalSchema) } },
      async (request) => {
        const person = await guard.allowed(request, 'viewCampaigns');
        const proposal = await readProposal(db, request.params.proposalId, person, clock.now());
        if (proposal === null) throw new Refusal(404, 'notFound', 'この伺いは見つかりません。');
        return proposal;
      },
    );
    server.post(
      '/api/campaign-proposals/:proposalId/decisions',
      {
        schema: {
          params: ProposalAddressSchema,
          body: CampaignDecisionSchema,
          response: reply(CampaignDoneSchema),
        },
      },
      async (request) => {
        const deed = await deedOf(request, 'approveCampaigns');
        await decide(db, request.params.proposalId, request.body, deed);
        return { done: true as const };
      },
    );
    server.post(
      '/api/campaign-proposals/:proposalId/withdrawal',
      { schema: { params: ProposalAddressSchema, response: reply(CampaignDoneSchema) } },
      async (request) => {
        await withdraw(db, request.params.proposalId, await deedOf(request, 'editCampaigns'));
        return { done: true as const };
      },
    );
  };
}
