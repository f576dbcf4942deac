import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';

/**
 * Takes texts out of the outbox that no sender has ever claimed, inside the caller's transaction: they are never sent. All others stay.
 * @returns the ids of those that were taken back
 */
export async function takeBackSms(
  trx: QueryExecutorProvider,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql`
    delete from sms_message m using (
      select id from sms_message
      where id = any(${ids}) and state = 'waiting' and attempts = 0
      for update skip locked
    ) unclaimed
    where m.id = unclaimed.id
    returning m.id`.execute(trx);
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}
