import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AuditAction, type Guard, writeAudit } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import {
  EmergencyAddSchema,
  EmergencyChangeSchema,
  EmergencyDoneSchema,
  type EmergencyDraft,
  EmergencyListSchema,
  EmergencyNowSchema,
  EmergencyOnSchema,
  type EmergencyProblem,
  EmergencyProblemsSchema,
  EmergencyRemovalSchema,
  EmergencySavedSchema,
} from '../http/emergency-contract.ts';
import { Refusal, type Routes } from '../http/index.ts';
import { SpeechError } from '../speech/index.ts';
import { messageGone, removeMessage, saveMessage } from './change-message.ts';
import { type CheckedMessage, checkMessage } from './check-message.ts';
import { type MessageSounds, partsOf, prepareMessage } from './prepare-messages.ts';
import { readEmergency, readEmergencyNow } from './read-emergency.ts';
import { type Switching, switchOff, switchOn } from './switch-emergency.ts';
import { telephoneRoutes } from './telephone/telephone-routes.ts';

const MessageAddressSchema = z.object({ messageId: z.string().max(40) });

/** Emergency announcements: prepare, listen, switch on and off. */
export function emergencyRoutes({
  db,
  guard,
  sounds,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  /** Opened at the first need. */
  readonly sounds: () => Promise<MessageSounds>;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    telephoneRoutes({ db, guard, clock })(server);
    server.get(
      '/api/emergency',
      { schema: { response: { 200: EmergencyListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return await readEmergency(db, new Date(clock.now()));
      },
    );
    server.get(
      '/api/emergency/now',
      { schema: { response: { 200: EmergencyNowSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.signedIn(request);
        return await readEmergencyNow(db, new Date(clock.now()));
      },
    );
    server.post(
      '/api/emergency',
      {
        schema: {
          body: EmergencyAddSchema,
          response: { 201: EmergencySavedSchema, 422: EmergencyProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'switchEmergency');
        const ready = await readied(request.body.draft);
        if (!ready.ok) return reply.status(422).send(problemsReply(ready.problems));
        const deed = { person: userId, at: new Date(clock.now()) };
        const saved = await db.transaction().execute(async (trx) => {
          const stored = await saveMessage(trx, { messageId: null, draft: ready.draft, version: 0 }, deed);
          await audit(trx, request, 'emergencyMessageSaved', stored.messageId, userId);
          return stored;
        });
        return reply.status(201).send(saved);
      },
    );
    server.put(
      '/api/emergency/:messageId',
      {
        schema: {
          params: MessageAddressSchema,
          body: EmergencyChangeSchema,
          response: { 200: EmergencySavedSchema, 422: EmergencyProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'switchEmergency');
        const { messageId } = request.params;
        const ready = await readied(request.body.draft);
        if (!ready.ok) return reply.status(422).send(problemsReply(ready.problems));
        const deed = { person: userId, at: new Date(clock.now()) };
        const { version } = request.body;
        return await db.transaction().execute(async (trx) => {
          const stored = await saveMessage(trx, { messageId, draft: ready.draft, version }, deed);
          await audit(trx, request, 'emergencyMessageSaved', messageId, userId);
          return stored;
        });
      },
    );
    server.delete(
      '/api/emergency/:messageId',
      {
        schema: {
          params: MessageAddressSchema,
          querystring: EmergencyRemovalSchema,
          response: { 200: EmergencyDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'switchEmergency');
        const { messageId } = request.params;
        const deed = { person: userId, at: new Date(clock.now()) };
        await db.transaction().execute(async (trx) => {
          await removeMessage(trx, { messageId, version: request.query.version }, deed);
          await audit(trx, request, 'emergencyMessageRemoved', messageId, userId);
        });
        return { done: true as const };
      },
    );
    server.get(
      '/api/emergency/:messageId/sound',
      { schema: { params: MessageAddressSchema } },
      async (request, reply) => {
        await guard.allowed(request, 'viewFlows');
        const text = await textOf(request.params.messageId);
        const wav = await (await sounds()).preview(partsOf(text));
        return reply.type('audio/wav').header('cache-control', 'no-store').send(wav);
      },
    );
    server.put(
      '/api/emergency/:messageId/on',
      {
        schema: {
          params: MessageAddressSchema,
          body: EmergencyOnSchema,
          response: { 200: EmergencyDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const switching = await asked(request);
        const endsAt = new Date(request.body.endsAt);
        await madeReady(await textOf(switching.messageId));
        await db.transaction().execute((trx) => switchOn(trx, switching, endsAt));
        return { done: true as const };
      },
    );
    server.delete(
      '/api/emergency/:messageId/on',
      {
        schema: {
          params: MessageAddressSchema,
          response: { 200: EmergencyDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const switching = await asked(request);
        await db.transaction().execute((trx) => switchOff(trx, switching));
        return { done: true as const };
      },
    );
  };

  async function asked(request: FastifyRequest): Promise<Switching> {
    const { userId } = await guard.allowed(request, 'switchEmergency');
    const { messageId } = MessageAddressSchema.parse(request.params);
    const at = new Date(clock.now());
    return { messageId, person: userId, at, from: { channel: 'screen', address: request.ip } };
  }

  /** What was typed, once its sound is made. */
  async function readied(draft: EmergencyDraft): Promise<CheckedMessage> {
    const numbers = await db.selectFrom('phone_number').select('phone_number').execute();
    const checked = checkMessage(
      draft,
      numbers.map((row) => row.phone_number),
    );
    if (!checked.ok) return checked;
    try {
      await prepareMessage(await sounds(), checked.draft.text);
      return checked;
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      return { ok: false, problems: [{ path: 'text', message: error.message }] };
    }
  }

  /** A word of the dictionary, or the machine, may have changed since it was saved. */
  async function madeReady(text: string): Promise<void> {
    try {
      await prepareMessage(await sounds(), text);
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      throw new Refusal(409, 'soundMissing', `音声を用意できないため、流せません。${error.message}`);
    }
  }

  async function textOf(messageId: string): Promise<string> {
    const row = await db
      .selectFrom('emergency_message')
      .select('text')
      .where('message_id', '=', messageId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (row === undefined) throw messageGone();
    return row.text;
  }

  async function audit(
    trx: Database,
    request: FastifyRequest,
    action: AuditAction,
    subject: string,
    userId: string,
  ): Promise<void> {
    await writeAudit(trx, { at: clock.now(), userId, action, subject, address: request.ip });
  }
}

function problemsReply(problems: readonly EmergencyProblem[]) {
  return {
    code: 'emergencyProblems' as const,
    message: `入力内容に誤りが${problems.length}か所あります。赤い印のところを直してください。`,
    problems: [...problems],
  };
}
