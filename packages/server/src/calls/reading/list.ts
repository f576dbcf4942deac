import { sql } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { CallListQuerySchema, CallListSchema } from '../../http/contract.ts';
import { Refusal } from '../../http/index.ts';
import { selectSummaries, summaryOf } from './call-summary.ts';
import { readCursor, writeCursor } from './page-cursor.ts';

export const PAGE_SIZE = 50;

/**
 * One page of calls, newest first. Pages are cut by (began_at, call_id), so that calls which begin meanwhile neither repeat nor hide
 * others, and the thousandth page costs what the first does.
 * @throws Refusal 400 for a number without digits or a cursor that is not ours.
 */
export async function listCalls(
  db: Database,
  query: z.infer<typeof CallListQuerySchema>,
): Promise<z.infer<typeof CallListSchema>> {
  let select = selectSummaries(db);
  if (query.number !== undefined && query.number !== '') {
    select = select.where('s.caller_number', 'like', `%${digitsOf(query.number)}%`);
  }
  if (query.phoneNumber !== undefined && query.phoneNumber !== '') {
    select = select.where('s.phone_number', '=', digitsOf(query.phoneNumber));
  }
  // The Japanese day is also what the tables are partitioned by: other months are not even looked at.
  if (query.from !== undefined) select = select.where('s.call_day', '>=', query.from);
  if (query.to !== undefined) select = select.where('s.call_day', '<=', query.to);
  if (query.outcome !== undefined && query.outcome !== '')
    select = select.where('s.outcome', '=', query.outcome);
  if (query.cursor !== undefined && query.cursor !== '') {
    // What comes next began before, or at the same moment with a higher call id.
    const [beganAt, callId] = readCursor(query.cursor);
    const at = sql<Date>`${beganAt}::timestamptz`;
    select = select
      .where('s.began_at', '<=', at)
      .where((eb) => eb.or([eb('s.began_at', '<', at), eb('s.call_id', '>', callId)]));
  }
  const rows = await select
    .orderBy('s.began_at', 'desc')
    .orderBy('s.call_id', 'asc')
    .limit(PAGE_SIZE + 1)
    .execute();
  const page = rows.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  return {
    calls: page.map(summaryOf),
    nextCursor:
      rows.length > PAGE_SIZE && last !== undefined ? writeCursor(last.began_at_exact, last.call_id) : null,
  };
}

/** '０９０－1234', '+81 90' → national digits. */
export function digitsOf(written: string): string {
  const plain = written.normalize('NFKC').replace(/[\s()\-‐‑‒–—−ー]/g, '');
  const digits = plain.startsWith('+81') ? `0${plain.slice(3).replace(/^0/, '')}` : plain;
  if (!/^\d+$/.test(digits)) throw new Refusal(400, 'invalidNumber', '電話番号は数字で入力してください。');
  return digits;
}
