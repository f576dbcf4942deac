import { sql } from 'kysely';
import { z } from 'zod';
import { readHeard } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import { SmsStateSchema } from '../../sms/index.ts';
import type { ContactDetails } from './cells.ts';
import { SMS_STATE_LABELS } from './labels.ts';

const DaysSchema = z.object({ from: z.iso.date(), to: z.iso.date() });
const TextSchema = z.object({ attemptId: z.string(), text: z.string(), state: SmsStateSchema });

/** Japanese days on which the calls of these attempts began: what their tables are partitioned by. */
export async function daysOf(
  db: Database,
  attemptIds: readonly string[],
): Promise<z.infer<typeof DaysSchema> | null> {
  const { rows } = await sql`
    select min((reserved_at at time zone 'Asia/Tokyo')::date) as "from",
      max((coalesce(ended_at, reserved_at + interval '1 day') at time zone 'Asia/Tokyo')::date) as "to"
    from campaign_attempt where attempt_id = any(${attemptIds})`.execute(db);
  return DaysSchema.safeParse(rows[0]).data ?? null;
}

/** Text messages of attempts: their own, or those that a call caused, whose ids are 'callId-seq'. Earliest first. */
export async function textsOf(db: Database, attemptIds: readonly string[]) {
  const days = await daysOf(db, attemptIds);
  if (days === null) return [];
  const { rows } = await sql`
    with wanted as (
      select id as attempt_id, id as sms_id from unnest(${attemptIds}::text[]) as own (id)
      union all
      select s.call_id, s.call_id || '-' || seq
      from call_summary s cross join lateral generate_series(0, s.last_seq) as seq
      where s.call_day between ${days.from}::date and ${days.to}::date and s.call_id = any(${attemptIds})
    )
    select w.attempt_id as "attemptId", m.text, m.state, m.parts, m.created_at as "createdAt",
      coalesce(m.finished_at, m.settled_at) as "settledAt"
    from wanted w join sms_message m on m.id = w.sms_id
    order by m.created_at, m.id`.execute(db);
  return z
    .array(TextSchema.extend({ parts: z.int(), createdAt: z.date(), settledAt: z.date().nullable() }))
    .parse(rows);
}

/** What columns may want of the calls and texts of these attempts, by attempt. */
export async function readDetails(
  db: Database,
  attemptIds: readonly string[],
): Promise<ReadonlyMap<string, ContactDetails>> {
  const days = await daysOf(db, attemptIds);
  if (days === null) return new Map();
  const summaries = await db
    .selectFrom('call_summary')
    .select(['call_id', 'keys'])
    .where('call_day', '>=', days.from)
    .where('call_day', '<=', days.to)
    .where('call_id', 'in', attemptIds)
    .execute();
  const keys = new Map(summaries.map((row) => [row.call_id, row.keys]));
  const heard = await readHeard(
    db,
    summaries.map((row) => row.call_id),
    days,
  );
  const texts = Map.groupBy(await textsOf(db, attemptIds), ({ attemptId }) => attemptId);
  return new Map(
    attemptIds.map((id) => [
      id,
      {
        keys: keys.get(id) ?? '',
        heardText: (heard.get(id) ?? []).map(({ text }) => text).join('\n'),
        smsText: (texts.get(id) ?? []).map(({ text }) => text).join('\n'),
        smsStateWords: (texts.get(id) ?? []).map(({ state }) => SMS_STATE_LABELS[state]).join('、'),
      },
    ]),
  );
}
