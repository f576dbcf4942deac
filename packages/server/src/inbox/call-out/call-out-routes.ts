import { z } from 'zod';
import { writeAudit } from '../../accounts/index.ts';
import { expireOrders } from '../../calls/placed/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import {
  OwnPlacedCallSchema,
  OwnTelephoneChangeSchema,
  PlacedCallOrderSchema,
} from '../../http/inbox-contract.ts';
import type { Routes } from '../../http/index.ts';
import type { InboxParts } from '../routes.ts';
import { dialable, orderCall } from './order-call.ts';
import { ownPlacedCall } from './read-placed-calls.ts';
import { stopCall } from './stop-call.ts';

const PlacedCallParamsSchema = z.object({ placedCallId: z.uuid() });
const reply = { 200: OwnPlacedCallSchema, '4xx': ErrorReplySchema };

/** One click rings the clerk's telephone and then the citizen's. */
export function callOutRoutes({ db, guard, clock }: InboxParts): Routes {
  return (server) => {
    server.get('/api/placed-calls/own', { schema: { response: reply } }, async (request) => {
      const { userId } = await guard.allowed(request, 'handleInbox');
      const now = clock.now();
      // The process that would say so may be the one that is away.
      await expireOrders(db, now);
      return await ownPlacedCall(db, userId, now);
    });
    server.post(
      '/api/own-telephone',
      { schema: { body: OwnTelephoneChangeSchema, response: reply } },
      async (request) => {
        const { userId } = await guard.allowed(request, 'handleInbox');
        const now = clock.now();
        const set = { number: dialable(request.body.number), changed_at: new Date(now) };
        await db.transaction().execute(async (trx) => {
          await trx
            .insertInto('person_telephone')
            .values({ person_id: userId, ...set })
            .onConflict((conflict) => conflict.column('person_id').doUpdateSet(set))
            .execute();
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'ownTelephoneChanged',
            subject: userId,
            address: request.ip,
          });
        });
        return await ownPlacedCall(db, userId, now);
      },
    );
    server.post(
      '/api/placed-calls',
      { schema: { body: PlacedCallOrderSchema, response: reply } },
      async (request) => {
        const { userId } = await guard.allowed(request, 'handleInbox');
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          const order = request.body;
          const { placedCallId, citizen } = await orderCall(trx, { order, personId: userId, now });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'callPlaced',
            subject: citizen,
            address: request.ip,
            detail: { placedCallId, itemId: 'itemId' in order ? order.itemId : null },
          });
        });
        return await ownPlacedCall(db, userId, now);
      },
    );
    server.post(
      '/api/placed-calls/:placedCallId/stop',
      { schema: { params: PlacedCallParamsSchema, response: reply } },
      async (request) => {
        const { userId } = await guard.allowed(request, 'handleInbox');
        const { placedCallId } = request.params;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await stopCall(trx, { placedCallId, personId: userId, now });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'callStopped',
            subject: placedCallId,
            address: request.ip,
          });
        });
        return await ownPlacedCall(db, userId, now);
      },
    );
  };
}
