import { nationalDigits } from '@madoguchi/flow';
import { mayDo, writeAudit, writeAuditOnce } from '../../accounts/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import {
  CitizenQuerySchema,
  CitizenSchema,
  ComplaintChangeSchema,
  ComplaintNumbersSchema,
} from '../../http/inbox-contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import type { InboxParts } from '../routes.ts';
import { changeComplaint, flaggedNumbers } from './complaints.ts';
import { readCitizen } from './read-citizen.ts';

/** Further pages, and coming back to the page, within this time are one look. */
const ONE_LOOK_MS = 10 * 60_000;

/** 市民照会: all that is known of one number; and the complaint flags. */
export function citizenRoutes({ db, guard, clock }: InboxParts): Routes {
  return (server) => {
    server.get(
      '/api/citizens',
      {
        schema: {
          querystring: CitizenQuerySchema,
          response: { 200: CitizenSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const person = await guard.allowed(request, 'viewCitizen');
        const number = wholeNumber(request.query.number);
        const entry = {
          at: clock.now(),
          userId: person.userId,
          action: 'citizenViewed' as const,
          subject: number,
          address: request.ip,
        };
        await writeAuditOnce(db, entry, ONE_LOOK_MS);
        return await readCitizen(db, number, {
          cursor: request.query.cursor,
          now: clock.now(),
          mayListen: mayDo(person.role, 'playRecordings'),
        });
      },
    );
    server.get(
      '/api/complaints',
      { schema: { response: { 200: ComplaintNumbersSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewCalls');
        return { numbers: await flaggedNumbers(db) };
      },
    );
    server.post(
      '/api/complaints',
      {
        schema: {
          body: ComplaintChangeSchema,
          response: { 200: ComplaintNumbersSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'flagComplaint');
        const { flagged, reason } = request.body;
        const number = wholeNumber(request.body.number);
        const now = clock.now();
        await db.transaction().execute(async (trx) => {
          await changeComplaint(trx, { number, flagged, reason, personId: userId, now });
          await writeAudit(trx, {
            at: now,
            userId,
            action: flagged ? 'complaintFlagged' : 'complaintCleared',
            subject: number,
            address: request.ip,
          });
        });
        return { numbers: await flaggedNumbers(db) };
      },
    );
  };
}

/** @throws Refusal 400 for what is no whole number. */
function wholeNumber(written: string): string {
  const number = nationalDigits(written);
  if (number === null) {
    throw new Refusal(
      400,
      'invalidNumber',
      '電話番号を最後まで数字で入力してください（例：090-0000-0001）。',
    );
  }
  return number;
}
