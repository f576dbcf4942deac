import { z } from 'zod';
import { writeAudit } from '../../accounts/index.ts';
import { type DeskHeard, expireDeskOrders } from '../../calls/desk/index.ts';
import {
  type DeskCall,
  DeskCallOrderSchema,
  type Heard,
  OwnDeskCallSchema,
} from '../../http/announcement-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { listUploads } from '../audio/uploads.ts';
import { contentHash } from '../listening/heard.ts';
import { heardParts } from '../listening/heard-parts.ts';
import { storedReadings } from '../readings/readings.ts';
import type { AnnouncementParts } from '../routes.ts';
import { usualVoice } from '../voices/usual-voice.ts';
import { orderDeskCall, stopDeskCall } from './order-desk-call.ts';

const reply = { 200: OwnDeskCallSchema, '4xx': ErrorReplySchema };

/** Listening and recording by the clerk's own telephone. */
export function deskCallRoutes({ db, guard, clock, flows }: AnnouncementParts): Routes {
  return (server) => {
    server.get('/api/desk-calls/own', { schema: { response: reply } }, async (request) => {
      const { userId } = await guard.allowed(request, 'viewFlows');
      // The process that would say so may be the one that is away.
      await expireDeskOrders(db, clock.now());
      return { call: await ownDeskCall(userId) };
    });
    server.post(
      '/api/desk-calls',
      { schema: { body: DeskCallOrderSchema, response: reply } },
      async (request) => {
        const order = request.body;
        const { userId } = await guard.allowed(request, order.kind === 'listen' ? 'viewFlows' : 'editFlows');
        const now = clock.now();
        const heard =
          order.kind === 'record' ? null : await heardInOneCall([order.heard, ...order.more], now);
        await db.transaction().execute(async (trx) => {
          const deskCallId = await orderDeskCall(trx, { heard, personId: userId, now });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'deskCallOrdered',
            subject: deskCallId,
            address: request.ip,
            detail: { kind: order.kind },
          });
        });
        return { call: await ownDeskCall(userId) };
      },
    );
    server.post(
      '/api/desk-calls/:deskCallId/stop',
      { schema: { params: z.object({ deskCallId: z.uuid() }), response: reply } },
      async (request) => {
        const { userId } = await guard.allowed(request, 'viewFlows');
        const { deskCallId } = request.params;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await stopDeskCall(trx, { deskCallId, personId: userId, now });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'deskCallStopped',
            subject: deskCallId,
            address: request.ip,
          });
        });
        return { call: await ownDeskCall(userId) };
      },
    );
  };

  async function heardInOneCall(all: readonly [Heard, ...Heard[]], now: number): Promise<DeskHeard> {
    const [readings, usual] = await Promise.all([storedReadings(db), usualVoice(db)]);
    const [{ speed, voice = usual }] = all;
    const [hash = '', ...others] = new Set(
      all.map(({ content }) => contentHash(content, { voice, readings })),
    );
    return {
      parts: all.flatMap((each) => heardParts(each, now)),
      speed,
      voice,
      contentHash: hash,
      otherHashes: others,
    };
  }

  async function ownDeskCall(personId: string): Promise<DeskCall | null> {
    const row = await db
      .selectFrom('desk_call')
      .select(['desk_call_id', 'kind', 'state', 'reason', 'audio_id'])
      .where('person_id', '=', personId)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return null;
    const [audio = null] = row.audio_id === null ? [] : await listUploads(db, flows, [row.audio_id]);
    const { desk_call_id: deskCallId, kind, state, reason } = row;
    return { deskCallId, kind, state, reason, audio };
  }
}
