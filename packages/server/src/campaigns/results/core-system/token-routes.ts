import { z } from 'zod';
import { writeAudit } from '../../../accounts/index.ts';
import { ResultDoneSchema } from '../../../http/campaign-result-contract.ts';
import {
  ResultTokenListSchema,
  ResultTokenMadeSchema,
  ResultTokenOrderSchema,
} from '../../../http/campaign-result-token-contract.ts';
import { ErrorReplySchema } from '../../../http/contract.ts';
import type { Routes } from '../../../http/index.ts';
import type { ResultParts } from '../route-parts.ts';
import { addToken, listTokens, revokeToken } from './result-tokens.ts';

/** What staff do with 基幹システムの鍵: look, make, revoke. */
export function tokenRoutes({ db, guard, clock }: ResultParts): Routes {
  return (server) => {
    server.get(
      '/api/result-tokens',
      { schema: { response: { 200: ResultTokenListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'manageResultTokens');
        return { tokens: [...(await listTokens(db, clock.now()))] };
      },
    );
    server.post(
      '/api/result-tokens',
      {
        schema: {
          body: ResultTokenOrderSchema,
          response: { 201: ResultTokenMadeSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'manageResultTokens');
        const at = clock.now();
        const made = await db.transaction().execute(async (trx) => {
          const added = await addToken(trx, request.body, { person: userId, at: new Date(at) });
          await writeAudit(trx, {
            at,
            userId,
            action: 'resultTokenMade',
            subject: added.tokenId,
            address: request.ip,
            detail: request.body,
          });
          return added;
        });
        return reply.status(201).send(made);
      },
    );
    server.post(
      '/api/result-tokens/:tokenId/revocation',
      {
        schema: {
          params: z.object({ tokenId: z.string().min(1).max(64) }),
          response: { 200: ResultDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'manageResultTokens');
        const { tokenId } = request.params;
        const at = clock.now();
        await db.transaction().execute(async (trx) => {
          await revokeToken(trx, tokenId, { person: userId, at: new Date(at) });
          await writeAudit(trx, {
            at,
            userId,
            action: 'resultTokenRevoked',
            subject: tokenId,
            address: request.ip,
          });
        });
        return { done: true as const };
      },
    );
  };
}
