import { z } from 'zod';
import { writeAudit, writeAuditOnce } from '../../accounts/index.ts';
import {
  AttemptListQuerySchema,
  AttemptListSchema,
  AttemptStorySchema,
  ReachQuerySchema,
  ReachSchema,
  ResultTotalsSchema,
} from '../../http/campaign-result-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { coreSystemRoutes } from './core-system/core-system-routes.ts';
import { tokenRoutes } from './core-system/token-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { mappingRoutes } from './mapping-routes.ts';
import { readAttempt } from './read-attempt.ts';
import { listAttempts } from './read-attempts.ts';
import { readReach } from './read-reach.ts';
import { readTotals } from './read-totals.ts';
import { createResultFiles } from './result-files.ts';
import { CampaignAddressSchema, type ResultParts, type ResultRouteParts } from './route-parts.ts';

/** A screen that asks again and again is one look. */
const ONE_LOOK_MS = 60_000;

/** Results of campaigns: totals, attempts, mappings, files. */
export function resultRoutes(parts: ResultParts): Routes {
  const { db, guard, clock } = parts;
  const change: ResultRouteParts['change'] = async (request, action, work) => {
    const { userId } = await guard.allowed(request, 'runCampaigns');
    const at = clock.now();
    return await db.transaction().execute(async (trx) => {
      const { result, subject, detail = {} } = await work(trx, { person: userId, at: new Date(at) });
      await writeAudit(trx, { at, userId, action, subject, address: request.ip, detail });
      return result;
    });
  };
  const shared = { ...parts, files: createResultFiles(parts), change };

  return (server) => {
    mappingRoutes(shared)(server);
    tokenRoutes(shared)(server);
    coreSystemRoutes(shared)(server);
    exportRoutes(shared)(server);
    server.get(
      '/api/campaigns/:campaignId/results',
      {
        schema: {
          params: CampaignAddressSchema,
          response: { 200: ResultTotalsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await readTotals(db, request.params.campaignId, new Date(clock.now()));
      },
    );
    server.get(
      '/api/campaigns/:campaignId/reach',
      {
        schema: {
          params: CampaignAddressSchema,
          querystring: ReachQuerySchema,
          response: { 200: ReachSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await readReach(db, request.params.campaignId, request.query.step);
      },
    );
    server.get(
      '/api/campaigns/:campaignId/attempts',
      {
        schema: {
          params: CampaignAddressSchema,
          querystring: AttemptListQuerySchema,
          response: { 200: AttemptListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await listAttempts(db, request.params.campaignId, request.query);
      },
    );
    server.get(
      '/api/campaign-attempts/:attemptId',
      {
        schema: {
          params: z.object({ attemptId: z.string().min(1).max(100) }),
          response: { 200: AttemptStorySchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'viewCampaigns');
        const { attemptId } = request.params;
        const story = await readAttempt(db, attemptId);
        const entry = {
          at: clock.now(),
          userId,
          action: 'campaignAttemptViewed' as const,
          subject: attemptId,
          address: request.ip,
        };
        await writeAuditOnce(db, entry, ONE_LOOK_MS);
        return story;
      },
    );
  };
}
