import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AuditAction, writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import {
  CallBackgroundSchema,
  CallNoteChangeSchema,
  CallNoteSchema,
  CallTakenSchema,
  NoteChoicesChangeSchema,
  NoteChoicesSchema,
} from '../../http/inbox-contract.ts';
import type { Routes } from '../../http/index.ts';
import type { InboxParts } from '../routes.ts';
import { readBackground } from './background.ts';
import { saveNote, takeCall } from './change-note.ts';
import { changeChoices, readChoices } from './choices.ts';
import { NO_NOTE, readNotes } from './read-notes.ts';

const CallParamsSchema = z.object({ callId: z.string().min(1).max(200) });
const noteReply = { 200: CallNoteSchema, '4xx': ErrorReplySchema };

/** Notes on calls, what they offer to choose from, and what is known of a caller whose call is ringing. */
export function noteRoutes({ db, guard, clock }: InboxParts): Routes {
  return (server) => {
    server.get(
      '/api/calls/:callId/note',
      { schema: { params: CallParamsSchema, response: noteReply } },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return await noteOf(request.params.callId);
      },
    );
    server.post(
      '/api/calls/:callId/note',
      { schema: { params: CallParamsSchema, body: CallNoteChangeSchema, response: noteReply } },
      async (request) => {
        const { callId } = request.params;
        await change(request, callId, 'callNoteSaved', (trx, by) => saveNote(trx, request.body, by));
        return await noteOf(callId);
      },
    );
    server.post(
      '/api/calls/:callId/taken',
      { schema: { params: CallParamsSchema, body: CallTakenSchema, response: noteReply } },
      async (request) => {
        const { callId } = request.params;
        await change(request, callId, 'callTaken', (trx, by) => takeCall(trx, request.body.version, by));
        return await noteOf(callId);
      },
    );
    server.get(
      '/api/calls/:callId/background',
      {
        schema: {
          params: CallParamsSchema,
          response: { 200: CallBackgroundSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCitizen');
        return await readBackground(db, request.params.callId, clock.now());
      },
    );
    server.get(
      '/api/note-choices',
      { schema: { response: { 200: NoteChoicesSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return await readChoices(db);
      },
    );
    server.post(
      '/api/note-choices',
      {
        schema: {
          body: NoteChoicesChangeSchema,
          response: { 200: NoteChoicesSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editNoteChoices');
        await db.transaction().execute(async (trx) => {
          await changeChoices(trx, request.body);
          await writeAudit(trx, {
            at: clock.now(),
            userId,
            action: 'noteChoicesChanged',
            subject: request.body.kind,
            address: request.ip,
            detail: { version: request.body.version + 1 },
          });
        });
        return await readChoices(db);
      },
    );
  };

  async function noteOf(callId: string) {
    return (await readNotes(db, [callId])).get(callId) ?? NO_NOTE;
  }

  /** Changes a note and audits it, or neither. */
  async function change(
    request: FastifyRequest,
    callId: string,
    action: AuditAction,
    write: (trx: Database, by: { callId: string; personId: string; now: number }) => Promise<void>,
  ): Promise<void> {
    const { userId } = await guard.allowed(request, 'writeNotes');
    const now = clock.now();
    await db.transaction().execute(async (trx) => {
      await write(trx, { callId, personId: userId, now });
      await writeAudit(trx, { at: now, userId, action, subject: callId, address: request.ip });
    });
  }
}
