import { nationalDigits } from '@madoguchi/flow';
import { z } from 'zod';
import { type AuditEntry, type Guard, writeAudit } from '../../accounts/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import {
  SuppressionAddedSchema,
  SuppressionAddSchema,
  SuppressionFileSchema,
  SuppressionLiftedSchema,
  SuppressionListSchema,
  SuppressionQuerySchema,
} from '../../http/campaign-suppression-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import type { PersonKeys } from '../person-key.ts';
import { readSuppressionFile, SuppressionFileError } from './read-suppression-file.ts';
import { readSuppressions, SUPPRESSIONS_PER_PAGE } from './read-suppressions.ts';
import { liftSuppression, type NewSuppression, type SuppressedPerson, suppress } from './suppress.ts';

const AddressSchema = z.object({ suppressionId: z.string().max(100) });
/** 20,000 rows of 30 characters, as base64. */
const FILE_LIMIT_BYTES = 2 * 1024 * 1024;
const refused = { '4xx': ErrorReplySchema };

/** 発信止め: whom nobody calls. */
export function suppressionRoutes({
  db,
  guard,
  clock,
  personKeys,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
  readonly personKeys: PersonKeys;
}): Routes {
  async function add(
    order: Omit<NewSuppression, 'nowMs'>,
    entry: Pick<AuditEntry, 'action' | 'userId' | 'address'>,
  ) {
    if (order.toDay !== null && order.toDay < order.fromDay)
      throw new Refusal(400, 'invalidDays', '終わりの日は、始まりの日より後にしてください。');
    const nowMs = clock.now();
    return await db.transaction().execute(async (trx) => {
      const { suppressionIds, takenOff, inProgress } = await suppress(trx, personKeys, { ...order, nowMs });
      const [only = ''] = suppressionIds.length === 1 ? suppressionIds : [];
      const detail = { added: suppressionIds.length, takenOff };
      await writeAudit(trx, { at: nowMs, subject: only, detail, ...entry });
      return { added: suppressionIds.length, takenOff, inProgress };
    });
  }

  return (server) => {
    server.get(
      '/api/suppressions',
      {
        schema: { querystring: SuppressionQuerySchema, response: { 200: SuppressionListSchema, ...refused } },
      },
      async (request) => {
        await guard.allowed(request, 'suppressRecipients');
        const { addresseeNumber = '', reason = null, withEnded, page } = request.query;
        const found = await readSuppressions(db, personKeys, {
          addresseeNumber: addresseeNumber === '' ? null : addresseeNumber,
          reason,
          withEnded,
          page,
          nowMs: clock.now(),
        });
        return {
          suppressions: found.suppressions.map((each) => ({
            ...each,
            telephone: each.telephone === null ? null : showNumber(each.telephone),
            addedAt: each.addedAt.toISOString(),
            liftedAt: each.liftedAt?.toISOString() ?? null,
          })),
          total: found.total,
          pageSize: SUPPRESSIONS_PER_PAGE,
        };
      },
    );
    server.post(
      '/api/suppressions',
      { schema: { body: SuppressionAddSchema, response: { 201: SuppressionAddedSchema, ...refused } } },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'suppressRecipients');
        const { addresseeNumber, telephone, ...terms } = request.body;
        const person = personOf(addresseeNumber, telephone);
        const order = { ...terms, people: [person], source: 'staff', addedBy: userId } as const;
        return await reply
          .status(201)
          .send(await add(order, { action: 'suppressionAdded', userId, address: request.ip }));
      },
    );
    server.post(
      '/api/suppressions/file',
      {
        bodyLimit: FILE_LIMIT_BYTES,
        schema: { body: SuppressionFileSchema, response: { 201: SuppressionAddedSchema, ...refused } },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'suppressRecipients');
        const { content, ...terms } = request.body;
        const people = readOrRefuse(Buffer.from(content, 'base64')).map((addresseeNumber) => ({
          addresseeNumber,
          telephone: null,
        }));
        const order = { ...terms, people, source: 'file', addedBy: userId } as const;
        return await reply
          .status(201)
          .send(await add(order, { action: 'suppressionFileLoaded', userId, address: request.ip }));
      },
    );
    server.post(
      '/api/suppressions/:suppressionId/lift',
      { schema: { params: AddressSchema, response: { 200: SuppressionLiftedSchema, ...refused } } },
      async (request) => {
        const { userId } = await guard.allowed(request, 'suppressRecipients');
        const { suppressionId } = request.params;
        const nowMs = clock.now();
        await db.transaction().execute(async (trx) => {
          if (!(await liftSuppression(trx, suppressionId, { liftedBy: userId, nowMs })))
            throw new Refusal(409, 'alreadyLifted', 'この発信止めは、すでに解除されています。');
          await writeAudit(trx, {
            at: nowMs,
            userId,
            action: 'suppressionLifted',
            subject: suppressionId,
            address: request.ip,
          });
        });
        return { done: true as const };
      },
    );
  };
}

/** @throws Refusal 400 */
function personOf(addresseeNumber: string, telephone: string): SuppressedPerson {
  const number = addresseeNumber.normalize('NFKC').trim();
  if (number === '' && telephone.trim() === '')
    throw new Refusal(400, 'nobodyNamed', '宛名番号か電話番号を入力してください。');
  const digits = telephone.trim() === '' ? null : nationalDigits(telephone);
  if (telephone.trim() !== '' && digits === null)
    throw new Refusal(400, 'invalidNumber', '電話番号を、市外局番から数字で入力してください。');
  return { addresseeNumber: number === '' ? null : number, telephone: digits };
}

/** @throws Refusal 422 */
function readOrRefuse(content: Buffer): readonly string[] {
  try {
    return readSuppressionFile(content);
  } catch (error) {
    if (error instanceof SuppressionFileError) throw new Refusal(422, error.code, error.message);
    throw error;
  }
}
