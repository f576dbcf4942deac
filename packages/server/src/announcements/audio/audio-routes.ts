import { z } from 'zod';
import { writeAudit } from '../../accounts/index.ts';
import {
  AnnouncementDoneSchema,
  AUDIO_UPLOAD_MAX_BYTES,
  AudioUploadSchema,
  UploadedAudioListSchema,
  UploadedAudioSchema,
} from '../../http/announcement-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import { createWorkPool, importAudio, removeAudio } from '../../speech/index.ts';
import { asRefusal } from '../listening/as-refusal.ts';
import type { AnnouncementParts } from '../routes.ts';
import { forgetUpload, keepUpload, listUploads } from './uploads.ts';

const FILE_TYPE = 'application/octet-stream';

/** Sounds that staff upload or record in the browser. */
export function audioRoutes({ db, guard, clock, flows, ffmpeg, audioDir, log }: AnnouncementParts): Routes {
  // A file of 50 MB lies in memory while it is converted: one is enough.
  const importing = createWorkPool(1);
  return (server) => {
    server.addContentTypeParser(FILE_TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    server.get(
      '/api/audio',
      { schema: { response: { 200: UploadedAudioListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { audio: await listUploads(db, flows) };
      },
    );
    server.post(
      '/api/audio',
      {
        bodyLimit: AUDIO_UPLOAD_MAX_BYTES,
        // Before the file is taken in: nobody fills the memory without being allowed to.
        onRequest: async (request) => void (await guard.allowed(request, 'editFlows')),
        schema: {
          querystring: AudioUploadSchema,
          response: { 201: UploadedAudioSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { body } = request;
        if (!Buffer.isBuffer(body))
          throw new Refusal(415, 'unsupportedType', '音声ファイルとして読み取れません。');
        const { name, origin } = request.query;
        const imported = await importing
          .run(() => importAudio(body, { tools: { ffmpeg }, audioDir }))
          .catch((error: unknown) => {
            throw asRefusal(error, log);
          });
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await keepUpload(trx, { ...imported, name, origin, personId: userId, at: new Date(now) });
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'audioUploaded',
            subject: imported.audioId,
            address: request.ip,
            detail: { origin },
          });
        });
        const [uploaded] = await listUploads(db, flows, [imported.audioId]);
        if (uploaded === undefined) throw new Error('an upload is gone at once');
        return reply.status(201).send(uploaded);
      },
    );
    server.delete(
      '/api/audio/:audioId',
      {
        schema: {
          params: z.object({ audioId: z.string().max(64) }),
          response: { 200: AnnouncementDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { audioId } = request.params;
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await forgetUpload(trx, flows, audioId);
          await writeAudit(trx, {
            at: now,
            userId,
            action: 'audioRemoved',
            subject: audioId,
            address: request.ip,
          });
        });
        // Last: a file without an entry harms nobody, an entry without a file would.
        await removeAudio(audioDir, audioId);
        return { done: true as const };
      },
    );
  };
}
