import { z } from 'zod';
import { type Guard, writeAuditOnce } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import {
  CallListQuerySchema,
  CallListSchema,
  CallStorySchema,
  ErrorReplySchema,
  NumberListSchema,
} from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { listCalls } from './list.ts';
import { listNumbers } from './numbers.ts';
import { findRecording, sendRecording } from './recording-audio.ts';
import { readStory } from './story.ts';

/** The pieces in which a browser fetches one recording within this time are one playback. */
const ONE_PLAYBACK_MS = 60_000;

/** Finished and running calls: list, story, recordings; the served numbers. */
export function callReadingRoutes({
  db,
  guard,
  recordingsDir,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly recordingsDir: string;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    server.get(
      '/api/calls',
      {
        schema: {
          querystring: CallListQuerySchema,
          response: { 200: CallListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return await listCalls(db, request.query);
      },
    );
    server.get(
      '/api/calls/:callId',
      {
        schema: {
          params: z.object({ callId: z.string().min(1).max(200) }),
          response: { 200: CallStorySchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return await readStory(db, request.params.callId);
      },
    );
    server.get(
      '/api/numbers',
      { schema: { response: { 200: NumberListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.signedIn(request);
        return { numbers: await listNumbers(db) };
      },
    );
    server.route({
      method: ['GET', 'HEAD'],
      url: '/api/recordings/:recordingId/audio',
      schema: { params: z.object({ recordingId: z.string().min(1).max(200) }) },
      handler: async (request, reply) => {
        const person = await guard.allowed(request, 'playRecordings');
        const { recordingId } = request.params;
        const file = await findRecording(db, recordingsDir, recordingId);
        if (request.method === 'GET') {
          const entry = {
            at: clock.now(),
            userId: person.userId,
            action: 'recordingPlayed' as const,
            subject: recordingId,
            address: request.ip,
            detail: { callId: file.callId },
          };
          await writeAuditOnce(db, entry, ONE_PLAYBACK_MS);
        }
        return sendRecording(request, reply, file);
      },
    });
  };
}
