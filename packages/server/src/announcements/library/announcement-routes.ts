import { z } from 'zod';
import { writeAudit } from '../../accounts/index.ts';
import {
  AnnouncementChangeSchema,
  AnnouncementDetailSchema,
  AnnouncementDoneSchema,
  AnnouncementDraftSchema,
  AnnouncementListSchema,
  AnnouncementRemovalSchema,
  AnnouncementShownSchema,
} from '../../http/announcement-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import type { AnnouncementParts } from '../routes.ts';
import { addAnnouncement, changeAnnouncement, removeAnnouncement } from './change-announcement.ts';
import { listAnnouncements, readAnnouncement } from './read-announcements.ts';

const ParamsSchema = z.object({ announcementId: z.string().max(64) });

/** The library アナウンス集. */
export function announcementLibraryRoutes({ db, guard, clock, flows }: AnnouncementParts): Routes {
  return (server) => {
    server.get(
      '/api/announcements',
      { schema: { response: { 200: AnnouncementListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { announcements: await listAnnouncements(db, flows) };
      },
    );
    server.get(
      '/api/announcements/:announcementId',
      {
        schema: {
          params: ParamsSchema,
          response: { 200: AnnouncementDetailSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return await readAnnouncement(db, flows, request.params.announcementId);
      },
    );
    server.post(
      '/api/announcements',
      {
        schema: {
          body: AnnouncementDraftSchema,
          response: { 201: AnnouncementShownSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const now = clock.now();
        const announcementId = await db.transaction().execute(async (trx) => {
          const id = await addAnnouncement(trx, {
            draft: request.body,
            personId: userId,
            at: new Date(now),
          });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'announcementAdded',
            subject: id,
            address: request.ip,
          });
          return id;
        });
        const { announcement } = await readAnnouncement(db, flows, announcementId);
        return reply.status(201).send(announcement);
      },
    );
    server.put(
      '/api/announcements/:announcementId',
      {
        schema: {
          params: ParamsSchema,
          body: AnnouncementChangeSchema,
          response: { 200: AnnouncementShownSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { announcementId } = request.params;
        const { version, ...draft } = request.body;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await changeAnnouncement(trx, {
            announcementId,
            version,
            draft,
            personId: userId,
            at: new Date(now),
          });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'announcementChanged',
            subject: announcementId,
            address: request.ip,
            detail: { version: version + 1 },
          });
        });
        return (await readAnnouncement(db, flows, announcementId)).announcement;
      },
    );
    server.delete(
      '/api/announcements/:announcementId',
      {
        schema: {
          params: ParamsSchema,
          querystring: AnnouncementRemovalSchema,
          response: { 200: AnnouncementDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { announcementId } = request.params;
        const { version } = request.query;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await removeAnnouncement(trx, { announcementId, version, at: new Date(now) });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'announcementRemoved',
            subject: announcementId,
            address: request.ip,
            detail: { version },
          });
        });
        return { done: true as const };
      },
    );
  };
}
