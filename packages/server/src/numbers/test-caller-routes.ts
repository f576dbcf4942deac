import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AuditEntry } from '../accounts/index.ts';
import type { Database } from '../database/index.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import type { Routes } from '../http/index.ts';
import { NumberDoneSchema, TestCallerChangeSchema, TestCallerListSchema } from '../http/number-contract.ts';
import type { Deed } from './change-number.ts';
import type { NumberParts } from './routes.ts';
import { readTestCallers, removeTestCaller, saveTestCaller } from './test-callers.ts';

type Change = <T>(
  request: FastifyRequest,
  action: AuditEntry['action'],
  work: (trx: Database, deed: Deed) => Promise<{ readonly result: T; readonly subject: string | null }>,
) => Promise<T>;

const japaneseDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' });

/** 試験発信者. @param change does something in one transaction with its audit entry. */
export function testCallerRoutes({
  db,
  guard,
  clock,
  change,
}: NumberParts & { readonly change: Change }): Routes {
  return (server) => {
    server.get(
      '/api/test-callers',
      { schema: { response: { 200: TestCallerListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { testCallers: await readTestCallers(db, japaneseDay.format(clock.now())) };
      },
    );
    server.put(
      '/api/test-callers',
      {
        schema: {
          body: TestCallerChangeSchema,
          response: { 200: NumberDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) =>
        await change(request, 'testCallerSaved', async (trx, deed) => {
          const subject = await saveTestCaller(trx, request.body, deed);
          return { result: { done: true as const }, subject };
        }),
    );
    server.delete(
      '/api/test-callers/:number',
      {
        schema: {
          params: z.object({ number: z.string().max(20) }),
          response: { 200: NumberDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) =>
        await change(request, 'testCallerRemoved', async (trx) => {
          const { number } = request.params;
          await removeTestCaller(trx, number);
          return { result: { done: true as const }, subject: number };
        }),
    );
  };
}
