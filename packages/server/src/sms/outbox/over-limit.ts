import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { SmsSenderSettings } from './settings.ts';

export type KeyedInLimits = Pick<SmsSenderSettings, 'keyedInTelephonesPerDay' | 'keyedInTextsPerDay'>;

const IdsSchema = z.array(z.object({ id: z.string() }));

/**
 * Whether the text `m` goes to a keyed-in number and is one too many of its day in Japan: nobody texts the whole town, or one telephone
 * again and again, by calling us. It goes by the order of making alone, so that several senders come to the same.
 */
export function isOverLimit({
  keyedInTelephonesPerDay,
  keyedInTextsPerDay,
}: KeyedInLimits): RawBuilder<boolean> {
  const day = sql`date_trunc('day', m.created_at, 'Asia/Tokyo')`;
  return sql`(m.is_keyed_in and m.attempts = 0 and ((
    select count(*) from sms_message e
    where e.is_keyed_in and e.to_number = m.to_number and e.created_at >= ${day}
      and (e.created_at, e.id) < (m.created_at, m.id)
  ) >= ${keyedInTextsPerDay} or (
    select count(distinct e.to_number) from sms_message e
    where e.is_keyed_in and e.caller_number = m.caller_number and e.created_at >= ${day}
      and e.to_number <> m.to_number
      and (e.created_at, e.id) < (
        select o.created_at, o.id from sms_message o
        where o.is_keyed_in and o.caller_number = m.caller_number and o.to_number = m.to_number
          and o.created_at >= ${day}
        order by o.created_at, o.id limit 1)
  ) >= ${keyedInTelephonesPerDay}))`;
}

/** waiting → refused, for texts over the limit. @returns their ids */
export async function refuseOverLimit(
  db: QueryExecutorProvider,
  limits: KeyedInLimits,
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await sql`
    update sms_message m set state = 'refused', settled_at = ${now}
    where m.state = 'waiting' and ${isOverLimit(limits)}
    returning m.id`.execute(db);
  return IdsSchema.parse(rows).map(({ id }) => id);
}
