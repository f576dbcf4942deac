import { z } from 'zod';
import { writeAuditOnce } from '../../accounts/index.ts';
import {
  MappingPreviewOrderSchema,
  ResultDoneSchema,
  ResultFieldSchema,
  ResultMappingAddSchema,
  ResultMappingChangeSchema,
  ResultMappingListSchema,
  ResultMappingRemovalSchema,
  ResultMappingSavedSchema,
  ResultPreviewSchema,
  ResultSourcesSchema,
} from '../../http/campaign-result-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { codeTable } from './codes.ts';
import { addMapping, changeMapping, listMappings, removeMapping } from './mappings.ts';
import { previewMapping } from './preview-mapping.ts';
import { readSources } from './read-sources.ts';
import { FIELD_LABELS } from './ready-mapping.ts';
import { CampaignAddressSchema, type ResultRouteParts } from './route-parts.ts';

/** Each key that is typed into a mapping shows the same few rows anew: that is one look. */
const ONE_LOOK_MS = 10 * 60_000;
const MappingAddressSchema = z.object({ mappingId: z.string().min(1).max(64) });

/** How core systems want their files. */
export function mappingRoutes({ db, guard, clock, change }: ResultRouteParts): Routes {
  return (server) => {
    server.get(
      '/api/result-mappings',
      { schema: { response: { 200: ResultMappingListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return {
          mappings: [...(await listMappings(db))],
          fields: ResultFieldSchema.options.map((field) => ({ field, label: FIELD_LABELS[field] })),
          codes: [...codeTable()],
        };
      },
    );
    server.get(
      '/api/campaigns/:campaignId/result-sources',
      {
        schema: {
          params: CampaignAddressSchema,
          response: { 200: ResultSourcesSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await readSources(db, request.params.campaignId);
      },
    );
    server.post(
      '/api/campaigns/:campaignId/result-mapping-previews',
      {
        schema: {
          params: CampaignAddressSchema,
          body: MappingPreviewOrderSchema,
          response: { 200: ResultPreviewSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'runCampaigns');
        const { campaignId } = request.params;
        const entry = {
          at: clock.now(),
          userId,
          action: 'resultsPreviewed' as const,
          subject: campaignId,
          address: request.ip,
        };
        await writeAuditOnce(db, entry, ONE_LOOK_MS);
        return await previewMapping(db, campaignId, request.body.draft);
      },
    );
    server.post(
      '/api/result-mappings',
      {
        schema: {
          body: ResultMappingAddSchema,
          response: { 201: ResultMappingSavedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const mappingId = await change(request, 'resultMappingSaved', async (trx, deed) => {
          const result = await addMapping(trx, request.body.draft, deed);
          return { result, subject: result, detail: { version: 1 } };
        });
        return reply.status(201).send({ mappingId, version: 1 });
      },
    );
    server.put(
      '/api/result-mappings/:mappingId',
      {
        schema: {
          params: MappingAddressSchema,
          body: ResultMappingChangeSchema,
          response: { 200: ResultMappingSavedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { mappingId } = request.params;
        const version = await change(request, 'resultMappingSaved', async (trx, deed) => {
          const result = await changeMapping(trx, { mappingId, ...request.body }, deed);
          return { result, subject: mappingId, detail: { version: result } };
        });
        return { mappingId, version };
      },
    );
    server.delete(
      '/api/result-mappings/:mappingId',
      {
        schema: {
          params: MappingAddressSchema,
          querystring: ResultMappingRemovalSchema,
          response: { 200: ResultDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { mappingId } = request.params;
        return await change(request, 'resultMappingRemoved', async (trx) => {
          await removeMapping(trx, { mappingId, version: request.query.version });
          return { result: { done: true as const }, subject: mappingId };
        });
      },
    );
  };
}
