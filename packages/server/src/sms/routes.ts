import { nationalDigits } from '@madoguchi/flow';
import type { z } from 'zod';
import { type Guard, writeAudit } from '../accounts/index.ts';
import { smsShown } from '../calls/reading/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import {
  ErrorReplySchema,
  SmsReceivedSchema,
  SmsRecentSchema,
  SmsTermsSchema,
  SmsTestReplySchema,
  SmsTestRequestSchema,
} from '../http/contract.ts';
import { Refusal, type Routes } from '../http/index.ts';
import type { GatewayTerms } from './contracted-gateway.ts';
import { enqueueSms, SmsNotAcceptedError } from './outbox/insert-sms.ts';
import { readNewestSms } from './outbox/read-sms.ts';

const RECENT = 50;

/** What the local SMSC simulator received, newest first. */
export type SmsInbox = () => Promise<z.infer<typeof SmsReceivedSchema>['messages']>;

/** Test SMS box, what a text costs, texts sent lately, and the simulator's inbox where there is one. */
export function smsRoutes({
  db,
  guard,
  inbox,
  terms,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly inbox: SmsInbox | null;
  /** Of each gateway, the preferred one first. */
  readonly terms: readonly GatewayTerms[];
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    server.post(
      '/api/sms/test',
      {
        schema: {
          body: SmsTestRequestSchema,
          response: { 202: SmsTestReplySchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const person = await guard.allowed(request, 'sendTestSms');
        const { to, text } = request.body;
        const id = await db.transaction().execute(async (trx) => {
          const sent = await enqueue(trx, { to: nationalDigits(to) ?? '', text });
          await writeAudit(trx, {
            at: clock.now(),
            userId: person.userId,
            action: 'testSmsSent',
            subject: sent,
            address: request.ip,
          });
          return sent;
        });
        return reply.status(202).send({ id });
      },
    );
    server.get(
      '/api/sms/terms',
      { schema: { response: { 200: SmsTermsSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return { gateways: terms.map(termsShown) };
      },
    );
    server.get(
      '/api/sms/recent',
      { schema: { response: { 200: SmsRecentSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return { messages: (await readNewestSms(db, RECENT)).map(smsShown) };
      },
    );
    server.get(
      '/api/sms/received',
      { schema: { response: { 200: SmsReceivedSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return inbox === null
          ? { available: false, messages: [] }
          : { available: true, messages: await inbox() };
      },
    );
  };

  async function enqueue(trx: Database, sms: { to: string; text: string }): Promise<string> {
    try {
      return await enqueueSms(trx, sms, new Date(clock.now()));
    } catch (error) {
      if (error instanceof SmsNotAcceptedError) throw new Refusal(400, error.code, error.message);
      throw error;
    }
  }
}

function termsShown({ partUnits, price }: GatewayTerms): z.infer<typeof SmsTermsSchema>['gateways'][number] {
  return {
    partUnits,
    price: price.map((band) => ({
      uptoChars: 'uptoChars' in band ? band.uptoChars : null,
      uptoParts: 'uptoParts' in band ? band.uptoParts : null,
      yen: band.yen,
    })),
  };
}
