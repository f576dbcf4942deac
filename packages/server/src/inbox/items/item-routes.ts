import { z } from 'zod';
import { writeAudit } from '../../accounts/index.ts';
import { ErrorReplySchema, InboxCountsSchema } from '../../http/contract.ts';
import {
  InboxChangeSchema,
  InboxDetailSchema,
  InboxListQuerySchema,
  InboxListSchema,
  PeopleSchema,
} from '../../http/inbox-contract.ts';
import type { Routes } from '../../http/index.ts';
import { listPeople } from '../people.ts';
import type { InboxParts } from '../routes.ts';
import { changeItem } from './change-item.ts';
import { countItems, listItems } from './list-items.ts';
import { readItem } from './read-item.ts';

const ItemParamsSchema = z.object({ itemId: z.string().min(1).max(200) });

/** The inbox 受付箱: list, one item, what is done to it. */
export function itemRoutes({ db, guard, clock }: InboxParts): Routes {
  return (server) => {
    server.get(
      '/api/inbox/counts',
      { schema: { response: { 200: InboxCountsSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'handleInbox');
        return await countItems(db, clock.now());
      },
    );
    server.get(
      '/api/inbox/people',
      { schema: { response: { 200: PeopleSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'handleInbox');
        return { people: await listPeople(db) };
      },
    );
    server.get(
      '/api/inbox',
      {
        schema: {
          querystring: InboxListQuerySchema,
          response: { 200: InboxListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'handleInbox');
        return await listItems(db, request.query, { personId: userId, now: clock.now() });
      },
    );
    server.get(
      '/api/inbox/:itemId',
      {
        schema: { params: ItemParamsSchema, response: { 200: InboxDetailSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        await guard.allowed(request, 'handleInbox');
        return await readItem(db, request.params.itemId, clock.now());
      },
    );
    server.post(
      '/api/inbox/:itemId',
      {
        schema: {
          params: ItemParamsSchema,
          body: InboxChangeSchema,
          response: { 200: InboxDetailSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'handleInbox');
        const { itemId } = request.params;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await changeItem(trx, { itemId, change: request.body, personId: userId, now });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'inboxItemChanged',
            subject: itemId,
            address: request.ip,
            detail: {
              deed: request.body.deed,
              version: request.body.version + 1,
              memo: request.body.memo !== undefined,
              due: request.body.dueAt ?? null,
              to: request.body.deed === 'handOver' ? request.body.assigneeId : null,
            },
          });
        });
        return await readItem(db, itemId, now);
      },
    );
  };
}
