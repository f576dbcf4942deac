import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Guard, Right } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import {
  DecisionSchema,
  DifferenceSchema,
  ProposalAddedSchema,
  ProposalAddSchema,
  ProposalDetailSchema,
  ProposalListSchema,
  PublishDoneSchema,
  PublishingOutlookSchema,
  RollbackSchema,
  VersionListSchema,
} from '../../http/publish-contract.ts';
import { decide, withdraw } from './decide.ts';
import { numbersFor, type OutlookParts, outlookOf } from './outlook.ts';
import { type Deed, propose } from './propose.ts';
import { publishProposal } from './publish-proposal.ts';
import { listProposals, readProposal } from './read-proposals.ts';
import { listVersions, versionDifference } from './read-versions.ts';
import { putInForce, type RollBackParts } from './roll-back.ts';

const FlowAddressSchema = z.object({ flowId: z.string().max(64) });
const ProposalAddressSchema = z.object({ proposalId: z.string().max(64) });
const reply = <S extends z.ZodType>(schema: S) => ({ 200: schema, '4xx': ErrorReplySchema });

/** From a draft to what callers hear: proposals, decisions, versions. */
export function publishingRoutes({
  guard,
  clock,
  ...parts
}: OutlookParts & RollBackParts & { readonly guard: Guard; readonly clock: Pick<Clock, 'now'> }): Routes {
  const { db } = parts;
  return (server) => {
    server.get(
      '/api/flows/:flowId/publishing',
      { schema: { params: FlowAddressSchema, response: reply(PublishingOutlookSchema) } },
      async (request) => {
        const { userId } = await guard.allowed(request, 'viewFlows');
        const { flowId } = request.params;
        const outlook = await outlookOf(parts, flowId);
        if (outlook === null) throw new Refusal(404, 'notFound', 'このフローは見つかりません。');
        const open = await db
          .selectFrom('proposal')
          .select('proposal_id')
          .where('flow_id', '=', flowId)
          .where('state', 'in', ['waiting', 'approved'])
          .executeTakeFirst();
        return {
          draftVersion: outlook.draftVersion,
          changes: outlook.changes.map((change) => ({ ...change, settings: [...change.settings] })),
          readings: [...outlook.readings],
          problems: [...outlook.problems],
          texts: [...outlook.texts],
          voice: outlook.bundle.flows[outlook.bundle.entryFlowId]?.voice,
          failedTests: [...outlook.failedTests],
          numbers: await numbersFor(db, flowId, userId),
          openProposalId: open?.proposal_id ?? null,
        };
      },
    );
    server.post(
      '/api/flows/:flowId/proposals',
      {
        schema: {
          params: FlowAddressSchema,
          body: ProposalAddSchema,
          response: { 201: ProposalAddedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, answer) => {
        const deed = await deedOf(request, 'editFlows');
        const proposalId = await propose(parts, request.params.flowId, request.body, deed);
        return answer.status(201).send({ proposalId });
      },
    );
    server.get(
      '/api/proposals',
      {
        schema: {
          querystring: z.object({ state: z.enum(['open', 'settled']).default('open') }),
          response: reply(ProposalListSchema),
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { proposals: await listProposals(db, request.query.state) };
      },
    );
    server.get(
      '/api/proposals/:proposalId',
      { schema: { params: ProposalAddressSchema, response: reply(ProposalDetailSchema) } },
      async (request) => {
        const person = await guard.allowed(request, 'viewFlows');
        const proposal = await readProposal(db, request.params.proposalId, person);
        if (proposal === null) throw new Refusal(404, 'notFound', 'この伺いは見つかりません。');
        return proposal;
      },
    );
    server.post(
      '/api/proposals/:proposalId/decisions',
      {
        schema: {
          params: ProposalAddressSchema,
          body: DecisionSchema,
          response: reply(PublishDoneSchema),
        },
      },
      async (request) => {
        const deed = await deedOf(request, 'approveFlows');
        await decide(db, request.params.proposalId, request.body, deed);
        return { done: true as const };
      },
    );
    server.post(
      '/api/proposals/:proposalId/withdrawal',
      { schema: { params: ProposalAddressSchema, response: reply(PublishDoneSchema) } },
      async (request) => {
        const deed = await deedOf(request, 'editFlows');
        await withdraw(db, request.params.proposalId, deed);
        return { done: true as const };
      },
    );
    server.post(
      '/api/proposals/:proposalId/publication',
      { schema: { params: ProposalAddressSchema, response: reply(PublishDoneSchema) } },
      async (request) => {
        const { personId, address, atMs } = await deedOf(request, 'publishFlows');
        const by = { by: personId, address, at: new Date(atMs) };
        const published = await publishProposal(db, request.params.proposalId, by);
        if (published === null)
          throw new Refusal(409, 'notReady', 'まだ公開できません。画面を開き直して、状態をご確認ください。');
        if (published === 'changed')
          throw new Refusal(409, 'changedMeanwhile', '決裁された内容と違うため、公開しませんでした。');
        return { done: true as const };
      },
    );
    server.get(
      '/api/flows/:flowId/versions',
      { schema: { params: FlowAddressSchema, response: reply(VersionListSchema) } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { versions: await listVersions(db, request.params.flowId) };
      },
    );
    server.get(
      '/api/flows/:flowId/difference',
      {
        schema: {
          params: FlowAddressSchema,
          querystring: z.object({ older: z.string().max(200), newer: z.string().max(200).optional() }),
          response: reply(DifferenceSchema),
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { older, newer = null } = request.query;
        const found = await versionDifference(db, request.params.flowId, { older, newer });
        if (found === null) throw new Refusal(404, 'notFound', 'この版は見つかりません。');
        return {
          changes: found.changes.map((change) => ({ ...change, settings: [...change.settings] })),
          readings: [...found.readings],
        };
      },
    );
    server.put(
      '/api/numbers/:phoneNumber/version',
      {
        schema: {
          params: z.object({ phoneNumber: z.string().max(15) }),
          body: RollbackSchema,
          response: reply(PublishDoneSchema),
        },
      },
      async (request) => {
        const deed = await deedOf(request, 'publishFlows');
        await putInForce(parts, request.params.phoneNumber, request.body, deed);
        return { done: true as const };
      },
    );
  };

  async function deedOf(request: FastifyRequest, right: Right): Promise<Deed> {
    const { userId } = await guard.allowed(request, right);
    return { personId: userId, atMs: clock.now(), address: request.ip };
  }
}
