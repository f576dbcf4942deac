import { z } from 'zod';
import {
  ResultDoneSchema,
  ResultFieldSchema,
  ResultMappingAddSchema,
  ResultMappingChangeSchema,
  ResultMappingListSchema,
  ResultMappingRemovalSchema,
  ResultMappingSavedSchema,
} from '../../http/campaign-result-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { codeTable } from './codes.ts';
import { addMapping, changeMapping, listMappings, removeMapping } from './mappings.ts';
import { FIELD_LABELS } from './ready-mapping.ts';
import type { ResultRouteParts } from './route-parts.ts';

const MappingAddressSchema = z.object({ mappingId: z.string().min(1).max(64) });

/** How core systems want their files. */
export function mappingRoutes({ db, guard, change }: ResultRouteParts): Routes {
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
