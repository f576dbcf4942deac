import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Guard } from '../../../accounts/index.ts';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../../database/index.ts';
import { ErrorReplySchema } from '../../../http/contract.ts';
import type { Routes } from '../../../http/index.ts';
import {
  DraftErrorsSchema,
  TelephoneTrialEndedSchema,
  TelephoneTrialListSchema,
  TelephoneTrialOrderedSchema,
  TelephoneTrialOrderSchema,
} from '../../../http/telephone-trial-contract.ts';
import type { Deed } from '../../publishing/propose.ts';
import { endTrial } from './end-trial.ts';
import { orderTrial } from './order-trial.ts';
import { readTrials } from './read-trials.ts';

const FlowAddressSchema = z.object({ flowId: z.string().max(64) });

/** Drafts that test callers reach by telephone: ordered, looked at, ended. */
export function telephoneTrialRoutes({
  db,
  guard,
  clock,
  audioIds,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
  /** Uploaded sounds that an announcement may name. */
  readonly audioIds: () => Promise<readonly string[]>;
}): Routes {
  return (server) => {
    server.get(
      '/api/flows/:flowId/telephone-trials',
      {
        schema: {
          params: FlowAddressSchema,
          response: { 200: TelephoneTrialListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { numbers: await readTrials(db) };
      },
    );
    server.post(
      '/api/flows/:flowId/telephone-trials',
      {
        schema: {
          params: FlowAddressSchema,
          body: TelephoneTrialOrderSchema,
          response: { 201: TelephoneTrialOrderedSchema, 422: DraftErrorsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, answer) => {
        const deed = await deedOf(request);
        const ordering = await orderTrial({ db, audioIds }, request.params.flowId, request.body, deed);
        if (ordering.ok) return answer.status(201).send({ bundleId: ordering.bundleId });
        return answer.status(422).send({
          code: 'hasErrors',
          message: `直すところが${ordering.errors.length}件あるため、電話では試せません。先に直してください。`,
          errors: [...ordering.errors],
        });
      },
    );
    server.delete(
      '/api/phone-numbers/:phoneNumber/trial',
      {
        schema: {
          params: z.object({ phoneNumber: z.string().max(15) }),
          response: { 200: TelephoneTrialEndedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await endTrial(db, request.params.phoneNumber, await deedOf(request));
        return { done: true as const };
      },
    );
  };

  async function deedOf(request: FastifyRequest): Promise<Deed> {
    const { userId } = await guard.allowed(request, 'editFlows');
    return { personId: userId, atMs: clock.now(), address: request.ip };
  }
}
