import { type RawBuilder, sql } from 'kysely';
import { type PageCursor, readCursor, writeCursor } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';

export const ENTRIES_PER_PAGE = 30;

/** Something that happened with one number, of whichever kind: what the time line is cut into pages by. */
export type Moment = {
  readonly type: 'call' | 'sms' | 'inbox' | 'complaint' | 'placedCall';
  readonly id: string;
  readonly at: Date;
};

/**
 * One page of everything about a number, newest first. Each kind is asked for its own newest only, so that the hundredth page costs
 * what the first does. @throws Refusal 400 for a cursor that is not ours.
 */
export async function momentsOf(
  db: Database,
  number: string,
  cursor: string | undefined,
): Promise<{ readonly moments: readonly Moment[]; readonly nextCursor: string | null }> {
  const after = cursor === undefined || cursor === '' ? null : readCursor(cursor);
  const { rows } = await sql<Moment & { readonly key: string; readonly at_exact: string }>`
    select type, id, at, at::text as at_exact, key from (
      (${branch(sql`'call'`, sql`call_id`, sql`began_at`, sql`call_summary where caller_number = ${number}`, after)})
      union all
      (${branch(sql`'sms'`, sql`id`, sql`created_at`, sql`sms_message where to_number = ${number}`, after)})
      union all
      (${branch(
        sql`'inbox'`,
        sql`item_id`,
        sql`created_at`,
        sql`inbox_item where item_id in (
          select item_id from inbox_item where call_back_number = ${number}
          union select i.item_id from inbox_item i join call_summary s on s.call_id = i.call_id where s.caller_number = ${number})`,
        after,
      )})
      union all
      (${branch(sql`'complaint'`, sql`flag_id::text`, sql`at`, sql`complaint_flag where number = ${number}`, after)})
      union all
      (${branch(
        sql`'placedCall'`,
        sql`placed_call_id::text`,
        sql`created_at`,
        sql`placed_call where citizen_number = ${number}`,
        after,
      )})
    ) moment
    order by at desc, key limit ${ENTRIES_PER_PAGE + 1}`.execute(db);
  const moments = rows.slice(0, ENTRIES_PER_PAGE);
  const last = moments.at(-1);
  return {
    moments,
    nextCursor:
      rows.length > ENTRIES_PER_PAGE && last !== undefined ? writeCursor(last.at_exact, last.key) : null,
  };
}

/** The newest of one kind after the cursor; `key` tells apart what happened in the same microsecond. */
function branch(
  type: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
  after: PageCursor | null,
): RawBuilder<unknown> {
  const key = sql`${type} || ':' || ${id}`;
  const beyond =
    after === null
      ? sql``
      : sql`and ${at} <= ${after[0]}::timestamptz and (${at} < ${after[0]}::timestamptz or ${key} > ${after[1]})`;
  return sql`select ${type} as type, ${id} as id, ${at} as at, ${key} as key from ${from} ${beyond}
    order by ${at} desc, 4 limit ${ENTRIES_PER_PAGE + 1}`;
}
