import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Guard, Right } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import { type CampaignProblem, CampaignProblemsSchema } from '../../http/campaign-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Deed } from './deed.ts';
import type { PlanningParts } from './outlook.ts';

export type CampaignRouteParts = PlanningParts & {
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
};
/** Who asks, as one who may do `right`. @throws Refusal 401, 403. */
export type DeedOf = (request: FastifyRequest, right: Right) => Promise<Deed>;

export const CampaignAddressSchema = z.object({ campaignId: z.string().max(64) });
export const reply = <S extends z.ZodType>(schema: S) => ({ 200: schema, '4xx': ErrorReplySchema });
/** A saving answers 200 or 201; what is wrong with what was typed, 422. */
export const saving = { 422: CampaignProblemsSchema, '4xx': ErrorReplySchema } as const;

export function problemsReply(problems: readonly CampaignProblem[]) {
  return {
    code: 'campaignProblems' as const,
    message: `直すところが${problems.length}件あります。印のあるところをご確認ください。`,
    problems: [...problems],
  };
}
