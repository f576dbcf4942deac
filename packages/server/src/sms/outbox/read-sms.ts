import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';
import { SmsStateSchema } from './message-state.ts';

export const SmsRecordSchema = z.object({
  id: z.string(),
  origin: z.string(),
  to: z.string(),
  text: z.string(),
  state: SmsStateSchema,
  parts: z.int(),
  /** The gateway that has the text or refused it last; null while none was asked. */
  gateway: z.string().nullable(),
  /** Yen as decimal digits; null where no price is known or nothing was taken. */
  costYen: z.string().nullable(),
  attempts: z.int(),
  refusalCode: z.int().nullable(),
  lastErrorCode: z.int().nullable(),
  createdAt: z.date(),
  submittedAt: z.date().nullable(),
  settledAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
});
/** A text as the admin page and a resumed call see it. */
export type SmsRecord = z.infer<typeof SmsRecordSchema>;

const columns = sql`id, origin, to_number as "to", text, state, parts, gateway,
  trim_scale(cost_yen)::text as "costYen", attempts, refusal_code as "refusalCode",
  last_error_code as "lastErrorCode", created_at as "createdAt", submitted_at as "submittedAt",
  settled_at as "settledAt", finished_at as "finishedAt"`;

/** The texts with these ids, in no order; a call that resumes asks so what became of its texts. */
export async function readSms(
  db: QueryExecutorProvider,
  ids: readonly string[],
): Promise<readonly SmsRecord[]> {
  const { rows } = await sql`select ${columns} from sms_message where id = any(${ids})`.execute(db);
  return z.array(SmsRecordSchema).parse(rows);
}

/** What single people were sent, not campaigns. @param limit at most so many, newest first */
export async function readNewestSms(db: QueryExecutorProvider, limit: number): Promise<readonly SmsRecord[]> {
  const { rows } =
    await sql`select ${columns} from sms_message where origin <> 'campaign' order by created_at desc, id desc limit ${limit}`.execute(
      db,
    );
  return z.array(SmsRecordSchema).parse(rows);
}
