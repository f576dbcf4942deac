import { writeAudit } from '../../accounts/index.ts';
import {
  AnnouncementDoneSchema,
  ReadingChangeSchema,
  ReadingListSchema,
  ReadingRemovalSchema,
  ReadingShownSchema,
} from '../../http/announcement-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import type { AnnouncementParts } from '../routes.ts';
import { checkedReading, listReadings, removeReading, saveReading } from './readings.ts';

/** The reading dictionary 読みの辞書. */
export function readingRoutes({ db, guard, clock, flows }: AnnouncementParts): Routes {
  return (server) => {
    server.get(
      '/api/readings',
      { schema: { response: { 200: ReadingListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return await listReadings(db, flows);
      },
    );
    server.put(
      '/api/readings',
      {
        schema: {
          body: ReadingChangeSchema,
          response: { 200: ReadingShownSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { version, ...typed } = request.body;
        const entry = checkedReading(typed);
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await saveReading(trx, { entry, version, personId: userId, at: new Date(now) });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'readingSaved',
            subject: entry.surface,
            address: request.ip,
            detail: { reading: entry.reading },
          });
        });
        const saved = (await listReadings(db, flows)).readings.find(
          ({ surface }) => surface === entry.surface,
        );
        if (saved === undefined) throw new Error('a reading is gone at once');
        return saved;
      },
    );
    server.delete(
      '/api/readings',
      {
        schema: {
          querystring: ReadingRemovalSchema,
          response: { 200: AnnouncementDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { surface, version } = request.query;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await removeReading(trx, surface, version);
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'readingRemoved',
            subject: surface,
            address: request.ip,
            detail: { version },
          });
        });
        return { done: true as const };
      },
    );
  };
}
