import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AuditEntry, type Guard, type Right, writeAudit } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import type { Routes } from '../http/index.ts';
import {
  NumberAddSchema,
  NumberApprovalChangeSchema,
  NumberChangeSchema,
  NumberDoneSchema,
  NumberPlanAddSchema,
  NumberPlanListSchema,
  NumberPlanSavedSchema,
  NumberProblemsSchema,
  NumberSavedSchema,
  NumberStateChangeSchema,
  PhoneNumberListSchema,
} from '../http/number-contract.ts';
import {
  addNumber,
  changeApproval,
  changeNumber,
  changeState,
  type Deed,
  type NumberChange,
} from './change-number.ts';
import { problemsReply } from './number-problems.ts';
import { cancelPlan, planState } from './plans.ts';
import { readNumbers } from './read-numbers.ts';
import { readSettledPlans } from './read-planned.ts';
import { testCallerRoutes } from './test-caller-routes.ts';

export type NumberParts = {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
};

const NumberAddressSchema = z.object({ phoneNumber: z.string().max(20) });
const PlanAddressSchema = NumberAddressSchema.extend({ planId: z.coerce.number().int() });

/** Phone numbers, their states and plans, test callers. */
export function numberRoutes(parts: NumberParts): Routes {
  const { db, guard, clock } = parts;

  /** Does something in one transaction with its audit entry; `detail` is asked once it is done. */
  async function change<T>(
    request: FastifyRequest,
    action: AuditEntry['action'],
    work: (
      trx: Database,
      deed: Deed,
    ) => Promise<{
      readonly result: T;
      readonly subject: string | null;
      readonly detail?: AuditEntry['detail'];
    }>,
    right: Right = 'manageNumbers',
  ): Promise<T> {
    const { userId } = await guard.allowed(request, right);
    const at = clock.now();
    return await db.transaction().execute(async (trx) => {
      const { result, subject, detail = {} } = await work(trx, { person: userId, at: new Date(at) });
      if (subject !== null)
        await writeAudit(trx, { at, userId, action, subject, address: request.ip, detail });
      return result;
    });
  }

  return (server) => {
    testCallerRoutes({ ...parts, change })(server);
    server.get(
      '/api/phone-numbers',
      { schema: { response: { 200: PhoneNumberListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return await readNumbers(db, new Date(clock.now()));
      },
    );
    server.post(
      '/api/phone-numbers',
      {
        schema: {
          body: NumberAddSchema,
          response: { 201: NumberSavedSchema, 422: NumberProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const added = await change(request, 'numberAdded', async (trx, deed) => {
          const result = await addNumber(trx, request.body, deed);
          return { result, subject: result.ok ? result.phoneNumber : null };
        });
        if (!added.ok) return reply.status(422).send(problemsReply(added.problems));
        return reply.status(201).send({ phoneNumber: added.phoneNumber, version: 1 });
      },
    );
    server.put(
      '/api/phone-numbers/:phoneNumber',
      {
        schema: {
          params: NumberAddressSchema,
          body: NumberChangeSchema,
          response: { 200: NumberSavedSchema, 422: NumberProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { phoneNumber } = request.params;
        const saved = await change<NumberChange>(request, 'numberChanged', async (trx, deed) => {
          const result = await changeNumber(trx, { phoneNumber, ...request.body }, deed);
          if (!result.ok) return { result, subject: null };
          const detail = { version: result.version, fields: result.changed.join(' ') };
          return { result, subject: phoneNumber, detail };
        });
        if (!saved.ok) return reply.status(422).send(problemsReply(saved.problems));
        return reply.send({ phoneNumber, version: saved.version });
      },
    );
    server.put(
      '/api/phone-numbers/:phoneNumber/state',
      {
        schema: {
          params: NumberAddressSchema,
          body: NumberStateChangeSchema,
          response: { 200: NumberSavedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { phoneNumber } = request.params;
        return await change(request, 'numberStateChanged', async (trx, deed) => {
          const { version, from } = await changeState(trx, { phoneNumber, ...request.body }, deed);
          return {
            result: { phoneNumber, version },
            subject: phoneNumber,
            detail: { from, to: request.body.state },
          };
        });
      },
    );
    server.put(
      '/api/phone-numbers/:phoneNumber/approval',
      {
        schema: {
          params: NumberAddressSchema,
          body: NumberApprovalChangeSchema,
          response: { 200: NumberSavedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { phoneNumber } = request.params;
        const setApproval = async (trx: Database, deed: Deed) => {
          const { version, from } = await changeApproval(trx, { phoneNumber, ...request.body }, deed);
          const to = request.body.steps;
          return {
            result: { phoneNumber, version },
            subject: from === to ? null : phoneNumber,
            detail: { from, to },
          };
        };
        return await change(request, 'numberApprovalChanged', setApproval, 'setApproval');
      },
    );
    server.get(
      '/api/phone-numbers/:phoneNumber/plans',
      {
        schema: {
          params: NumberAddressSchema,
          response: { 200: NumberPlanListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { plans: await readSettledPlans(db, request.params.phoneNumber) };
      },
    );
    server.post(
      '/api/phone-numbers/:phoneNumber/plans',
      {
        schema: {
          params: NumberAddressSchema,
          body: NumberPlanAddSchema,
          response: { 201: NumberPlanSavedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { phoneNumber } = request.params;
        const { state } = request.body;
        const dueAt = new Date(request.body.dueAt);
        const planId = await change(request, 'numberPlanned', async (trx, deed) => ({
          result: await planState(trx, { phoneNumber, state, dueAt }, deed),
          subject: phoneNumber,
          detail: { to: state, dueAt: dueAt.toISOString() },
        }));
        return reply.status(201).send({ planId });
      },
    );
    server.delete(
      '/api/phone-numbers/:phoneNumber/plans/:planId',
      {
        schema: {
          params: PlanAddressSchema,
          response: { 200: NumberDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { phoneNumber, planId } = request.params;
        return await change(request, 'numberPlanCancelled', async (trx, deed) => {
          await cancelPlan(trx, { phoneNumber, planId }, deed);
          return { result: { done: true as const }, subject: phoneNumber, detail: { planId } };
        });
      },
    );
  };
}
