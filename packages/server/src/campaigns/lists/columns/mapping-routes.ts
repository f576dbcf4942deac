import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AuditAction, type Guard, writeAudit } from '../../../accounts/index.ts';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../../database/index.ts';
import {
  ListDoneSchema,
  ListMappingAddSchema,
  ListMappingChangeSchema,
  ListMappingRemovalSchema,
  ListMappingSchema,
  ListMappingsSchema,
} from '../../../http/campaign-list-contract.ts';
import { ErrorReplySchema } from '../../../http/contract.ts';
import type { Routes } from '../../../http/index.ts';
import { addMapping, changeMapping, readMappings, removeMapping } from './stored-mappings.ts';

const ParamsSchema = z.object({ mappingId: z.string().max(64) });

/** Mappings of columns that are kept, one for each core system. */
export function mappingRoutes({
  db,
  guard,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  async function audited(
    request: FastifyRequest,
    action: AuditAction,
    deed: (trx: Database, by: { userId: string; now: number }) => Promise<string>,
  ): Promise<string> {
    const { userId } = await guard.allowed(request, 'editCampaigns');
    const now = clock.now();
    return await db.transaction().execute(async (trx) => {
      const subject = await deed(trx, { userId, now });
      await writeAudit(trx, { at: now, userId, action, subject, address: request.ip });
      return subject;
    });
  }

  async function shown(mappingId: string) {
    const mapping = (await readMappings(db)).find((each) => each.mappingId === mappingId);
    if (mapping === undefined) throw new Error('a mapping is gone at once');
    return mapping;
  }

  return (server) => {
    server.get(
      '/api/list-mappings',
      { schema: { response: { 200: ListMappingsSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return { mappings: await readMappings(db) };
      },
    );
    server.post(
      '/api/list-mappings',
      {
        schema: { body: ListMappingAddSchema, response: { 201: ListMappingSchema, '4xx': ErrorReplySchema } },
      },
      async (request, reply) => {
        const id = await audited(request, 'listMappingSaved', (trx, by) => addMapping(trx, request.body, by));
        return reply.status(201).send(await shown(id));
      },
    );
    server.put(
      '/api/list-mappings/:mappingId',
      {
        schema: {
          params: ParamsSchema,
          body: ListMappingChangeSchema,
          response: { 200: ListMappingSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { mappingId } = request.params;
        await audited(request, 'listMappingSaved', async (trx, by) => {
          await changeMapping(trx, mappingId, request.body, by);
          return mappingId;
        });
        return await shown(mappingId);
      },
    );
    server.delete(
      '/api/list-mappings/:mappingId',
      {
        schema: {
          params: ParamsSchema,
          querystring: ListMappingRemovalSchema,
          response: { 200: ListDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { mappingId } = request.params;
        await audited(request, 'listMappingRemoved', async (trx) => {
          await removeMapping(trx, mappingId, request.query.version);
          return mappingId;
        });
        return { done: true as const };
      },
    );
  };
}
