import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type AuditAction, type Guard, writeAudit } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import {
  CampaignListSchema,
  CampaignListsSchema,
  ListPreviewSchema,
  ListReadSchema,
  ListRowsQuerySchema,
  ListRowsSchema,
  ListUploadSchema,
} from '../../http/campaign-list-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import { mappingRoutes } from './columns/mapping-routes.ts';
import { leftOutCsv } from './left-out-csv.ts';
import type { Lists } from './lists.ts';
import { previewList, readRows } from './preview.ts';
import { acceptList } from './staging/accept-list.ts';
import { showList, showLists, storedList } from './staging/stored-lists.ts';
import { LEFT_OUT_KEPT_MS } from './sweep-lists.ts';

const FILE_TYPE = 'application/octet-stream';
const CampaignParamsSchema = z.object({ campaignId: z.string().max(64) });
const ListParamsSchema = z.object({ listId: z.string().max(64) });

/** Lists of campaigns, from the file to the recipients. */
export function listRoutes(parts: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
  readonly lists: Lists;
}): Routes {
  const { db, guard, clock, lists } = parts;

  async function audit(
    trx: Database,
    request: FastifyRequest,
    action: AuditAction,
    entry: {
      readonly userId: string;
      readonly listId: string;
      readonly detail?: Record<string, string | number>;
    },
  ): Promise<void> {
    const { userId, listId, detail = {} } = entry;
    await writeAudit(trx, { at: clock.now(), userId, action, subject: listId, address: request.ip, detail });
  }

  return (server) => {
    mappingRoutes(parts)(server);
    server.register((child, _options, done) => {
      const scope = child.withTypeProvider<ZodTypeProvider>();
      // Other rooms take such bodies whole; a list is written to the disk while it comes.
      scope.removeContentTypeParser(FILE_TYPE);
      scope.addContentTypeParser(FILE_TYPE, (_request, payload, parsed) => parsed(null, payload));
      scope.post(
        '/api/campaigns/:campaignId/lists',
        {
          // Before the file is taken in: nobody fills the disk without being allowed to.
          onRequest: async (request) => void (await guard.allowed(request, 'editCampaigns')),
          schema: {
            params: CampaignParamsSchema,
            querystring: ListUploadSchema,
            response: { 201: CampaignListSchema, '4xx': ErrorReplySchema },
          },
        },
        async (request, reply) => {
          const { userId } = await guard.allowed(request, 'editCampaigns');
          const { body, query, params } = request;
          if (!(body instanceof Readable))
            throw new Refusal(415, 'unsupportedType', 'ファイルとして読み取れません。');
          const listId = await lists.take({ ...params, ...query, userId }, body);
          await audit(db, request, 'campaignListSent', {
            userId,
            listId,
            detail: { purpose: query.purpose },
          });
          return reply.status(201).send(await showList(db, listId));
        },
      );
      done();
    });

    server.get(
      '/api/campaigns/:campaignId/lists',
      {
        schema: {
          params: CampaignParamsSchema,
          response: { 200: CampaignListsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return { lists: await showLists(db, request.params.campaignId) };
      },
    );
    server.get(
      '/api/campaign-lists/:listId',
      {
        schema: { params: ListParamsSchema, response: { 200: CampaignListSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await showList(db, request.params.listId);
      },
    );
    server.post(
      '/api/campaign-lists/:listId/read',
      {
        schema: {
          params: ListParamsSchema,
          body: ListReadSchema,
          response: { 202: CampaignListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        await guard.allowed(request, 'editCampaigns');
        const { listId } = request.params;
        await lists.read(listId, request.body.columns);
        return reply.status(202).send(await showList(db, listId));
      },
    );
    server.post(
      '/api/campaign-lists/:listId/cancel',
      {
        schema: { params: ListParamsSchema, response: { 200: CampaignListSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editCampaigns');
        const { listId } = request.params;
        await lists.cancel(listId);
        await audit(db, request, 'campaignListCancelled', { userId, listId });
        return await showList(db, listId);
      },
    );
    server.post(
      '/api/campaign-lists/:listId/accept',
      {
        schema: { params: ListParamsSchema, response: { 200: CampaignListSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editCampaigns');
        const { listId } = request.params;
        await db.transaction().execute(async (trx) => {
          const concerned = await acceptList(trx, listId, clock.now());
          const { campaign_id, purpose, left_out } = await storedList(trx, listId);
          const detail = { campaignId: campaign_id, purpose, recipients: concerned, leftOut: left_out };
          await audit(trx, request, 'campaignListAccepted', { userId, listId, detail });
        });
        await lists.forgetFile(listId);
        return await showList(db, listId);
      },
    );
    server.get(
      '/api/campaign-lists/:listId/preview',
      { schema: { params: ListParamsSchema, response: { 200: ListPreviewSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await previewList(db, request.params.listId);
      },
    );
    server.get(
      '/api/campaign-lists/:listId/rows',
      {
        schema: {
          params: ListParamsSchema,
          querystring: ListRowsQuerySchema,
          response: { 200: ListRowsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await readRows(db, request.params.listId, request.query);
      },
    );
    server.get(
      '/api/campaign-lists/:listId/left-out.csv',
      { schema: { params: ListParamsSchema } },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editCampaigns');
        const { listId } = request.params;
        const list = await storedList(db, listId);
        const isKept =
          list.state === 'checked' ||
          (list.accepted_at !== null && list.accepted_at.getTime() > clock.now() - LEFT_OUT_KEPT_MS);
        if (!isKept || !(await hasLeftOut(db, listId)))
          throw new Refusal(
            404,
            'listLost',
            '取り込まなかった行は、もう残っていません。もう一度ファイルを読み込んでください。',
          );
        // A file with names and numbers leaves the house.
        await audit(db, request, 'campaignListLeftOutTaken', { userId, listId });
        return reply
          .type('text/csv; charset=utf-8')
          .header(
            'content-disposition',
            `attachment; filename="left-out.csv"; filename*=UTF-8''${encodeURIComponent('取り込まなかった行.csv')}`,
          )
          .send(Readable.from(leftOutCsv(db, list)));
      },
    );
  };
}

async function hasLeftOut(db: Database, listId: string): Promise<boolean> {
  const row = await db
    .selectFrom('campaign_list_row')
    .select('row_no')
    .where('list_id', '=', listId)
    .where('left_out', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
