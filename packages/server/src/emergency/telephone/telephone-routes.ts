import type { FastifyRequest } from 'fastify';
import { type AuditAction, type Guard, writeAudit } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import {
  EmergencyDoneSchema,
  EmergencyPinChangeSchema,
  EmergencyPinSetSchema,
  EmergencyTelephoneChangeSchema,
  EmergencyTelephoneSchema,
} from '../../http/emergency-contract.ts';
import type { Routes } from '../../http/index.ts';
import { changeTelephone, checkedPin, removePin, setPin } from './change-telephone.ts';
import { readTelephone } from './read-telephone.ts';

const ADDRESS = '/api/emergency/telephone';

/** Setting up switching by telephone: the number for it, and everybody's own PIN. */
export function telephoneRoutes({
  db,
  guard,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  const personOf = async (request: FastifyRequest) =>
    (await guard.allowed(request, 'switchEmergency')).userId;

  /** Does something in one transaction with its audit entry. */
  async function change<T>(
    request: FastifyRequest,
    { action, subject, person }: { action: AuditAction; subject: string; person: string },
    work: (trx: Database, deed: { person: string; at: Date }) => Promise<T>,
  ): Promise<T> {
    const at = clock.now();
    return await db.transaction().execute(async (trx) => {
      const result = await work(trx, { person, at: new Date(at) });
      await writeAudit(trx, { at, userId: person, action, subject, address: request.ip });
      return result;
    });
  }

  return (server) => {
    server.get(
      ADDRESS,
      { schema: { response: { 200: EmergencyTelephoneSchema, '4xx': ErrorReplySchema } } },
      async (request) => await readTelephone(db, await personOf(request), new Date(clock.now())),
    );
    server.put(
      ADDRESS,
      {
        schema: {
          body: EmergencyTelephoneChangeSchema,
          response: { 200: EmergencyDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const person = await personOf(request);
        const { body } = request;
        const deed = {
          action: 'emergencyTelephoneChanged',
          subject: body.phoneNumber ?? '',
          person,
        } as const;
        await change(request, deed, (trx, by) => changeTelephone(trx, body, by));
        return { done: true as const };
      },
    );
    server.put(
      `${ADDRESS}/pin`,
      {
        schema: {
          body: EmergencyPinChangeSchema,
          response: { 200: EmergencyPinSetSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const person = await personOf(request);
        const hash = await checkedPin(request.body.pin);
        const deed = { action: 'emergencyPinSet', subject: person, person } as const;
        const staffNumber = await change(request, deed, (trx, by) => setPin(trx, hash, by));
        return { staffNumber };
      },
    );
    server.delete(
      `${ADDRESS}/pin`,
      { schema: { response: { 200: EmergencyDoneSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        const person = await personOf(request);
        const deed = { action: 'emergencyPinRemoved', subject: person, person } as const;
        await change(request, deed, (trx) => removePin(trx, person));
        return { done: true as const };
      },
    );
  };
}
