import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { insertSms } from '../sms/index.ts';
import type { Batch } from './call-record.ts';

/**
 * Writes one batch in one transaction: events (known ones are passed over), the branches that the **new** events took, the
 * summaries that are newer than what is there, text messages for the outbox, recordings, requests to be called back, answers and
 * what a campaign's call learned of its person. Safe to repeat: a batch written twice
 * counts once. Rows go in key order, so that two writers cannot lock each other. Wakes readers once, without data.
 */
export async function writeBatch(db: Database, batch: Batch): Promise<void> {
  if (batch.sms.length === 0) return await writeRows(db, batch);
  await db.transaction().execute(async (trx) => {
    await writeRows(trx, batch);
    for (const { id, to_number, text, at, is_keyed_in, caller_number } of batch.sms) {
      const keyedIn = is_keyed_in ? { by: caller_number } : null;
      await insertSms(trx, [{ id, origin: 'call', to: to_number, text, keyedIn }], new Date(at));
    }
  });
}

async function writeRows(db: Database, batch: Batch): Promise<void> {
  const json = {
    events: JSON.stringify(batch.events),
    summaries: JSON.stringify(batch.summaries),
    recordings: JSON.stringify(batch.recordings),
    callBacks: JSON.stringify(batch.callBacks),
    answers: JSON.stringify(batch.answers),
    contacts: JSON.stringify(batch.contacts),
  };
  // PostgreSQL would take three times as long to plan it anew for each group as to carry it out.
  await sql`/* keep the plan of write-batch */
    with event_in as (
      select * from jsonb_to_recordset(${json.events}::text::jsonb) as e(
        call_day date, hour smallint, phone_number text, bundle_id text, call_id text, seq integer, at timestamptz,
        at_ms integer, schema_version smallint, type text, node_id text, taken jsonb, event jsonb, sealed_with text, spoken jsonb)
    ), inserted as (
      insert into call_event (call_day, call_id, seq, at, at_ms, schema_version, type, node_id, taken, event, sealed_with, spoken)
      select call_day, call_id, seq, at, at_ms, schema_version, type, node_id, taken, event, sealed_with, spoken
      from event_in order by call_day, call_id, seq
      on conflict do nothing
      returning call_day, call_id, seq
    ), counted as (
      insert into branch_count as c (call_day, hour, phone_number, bundle_id, flow_id, node_id, branch, count)
      select e.call_day, e.hour, e.phone_number, e.bundle_id, t."flowId", t."nodeId", t.branch, count(*)::integer
      from inserted i
      join event_in e using (call_day, call_id, seq)
      cross join lateral jsonb_to_recordset(e.taken) as t("flowId" text, "nodeId" text, branch text)
      -- calls of test callers count nowhere (IZ-6.4), nor do calls that campaigns place; each event comes with the summary of its call
      where e.call_id not in (
        select r.call_id from jsonb_to_recordset(${json.summaries}::text::jsonb) as r(
          call_id text, is_test boolean, is_placed boolean)
        where r.is_test or r.is_placed)
      group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
      on conflict (call_day, hour, phone_number, bundle_id, flow_id, node_id, branch)
      do update set count = c.count + excluded.count
    ), summarised as (
      insert into call_summary as s (call_day, call_id, phone_number, caller_number, caller_kind, sip_call_id, call_node,
        bundle_id, began_at, answered_at, ended_at, outcome, node_id, node_title, node_kind, keys, path, last_seq, is_test, is_placed,
        change_id)
      select r.*, nextval('call_change') from jsonb_to_recordset(${json.summaries}::text::jsonb) as r(
        call_day date, call_id text, phone_number text, caller_number text, caller_kind text, sip_call_id text,
        call_node text, bundle_id text, began_at timestamptz, answered_at timestamptz, ended_at timestamptz, outcome text,
        node_id text, node_title text, node_kind text, keys text, path jsonb, last_seq integer, is_test boolean,
        is_placed boolean)
      order by call_day, call_id
      on conflict (call_day, call_id) do update set
        answered_at = excluded.answered_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
        node_id = excluded.node_id, node_title = excluded.node_title, node_kind = excluded.node_kind,
        keys = excluded.keys, path = excluded.path, last_seq = excluded.last_seq, change_id = excluded.change_id
      where s.last_seq < excluded.last_seq
    ), recorded as (
      insert into recording (recording_id, call_id, call_day, kind, file_name, began_at)
      select recording_id, call_id, call_day, kind, file_name, began_at
      from jsonb_to_recordset(${json.recordings}::text::jsonb) as r(
        recording_id text, call_id text, call_day date, kind text, file_name text, began_at timestamptz)
      on conflict do nothing
    ), requested as (
      insert into inbox_item (item_id, kind, call_id, call_day, phone_number, call_back_number, wished_time, due_at,
        created_at, changed_at)
      select item_id, 'callBack', call_id, call_day, phone_number, call_back_number, wished_time, due_at, at, at
      from jsonb_to_recordset(${json.callBacks}::text::jsonb) as b(
        item_id text, call_id text, call_day date, phone_number text, call_back_number text, wished_time text,
        due_at timestamptz, at timestamptz)
      order by item_id
      on conflict do nothing
    ), questioned as (
      insert into call_answer (call_day, call_id, seq, bundle_id, flow_id, node_id, question_id, key, label)
      select call_day, call_id, seq, bundle_id, flow_id, node_id, question_id, key, label
      from jsonb_to_recordset(${json.answers}::text::jsonb) as a(
        call_day date, call_id text, seq integer, bundle_id text, flow_id text, node_id text, question_id text, key text,
        label text)
      order by call_day, call_id, seq, question_id
      on conflict do nothing
    ), contact_in as (
      -- of several of one call the newest counts, but who was once found to be the one meant stays so
      select attempt_id, max(recipient_id) as recipient_id, bool_or(identity = 'matched') as matched, bool_or(identity = 'failed') as failed,
        (array_agg(result order by seq desc) filter (where result is not null))[1] as result,
        (array_agg(promised_on order by seq desc) filter (where result is not null))[1] as promised_on, max(at) as at
      from jsonb_to_recordset(${json.contacts}::text::jsonb) as c(
        attempt_id text, identity text, recipient_id bigint, result text, promised_on date, seq integer, at timestamptz)
      group by attempt_id
    ), contacted as (
      update campaign_attempt as a set
        recipient_id = coalesce(c.recipient_id, a.recipient_id),
        identity = case when c.matched then 'matched' when c.failed then coalesce(a.identity, 'failed') else a.identity end,
        result = coalesce(c.result, a.result),
        promised_on = case when c.result is null then a.promised_on else c.promised_on end
      from contact_in c where a.attempt_id = c.attempt_id
      returning a.attempt_id, a.recipient_id, a.identity, c.result, c.promised_on, c.at
    ), resulted as (
      update campaign_recipient as r set result = c.result, result_at = c.at, promised_on = c.promised_on
      from contacted c where r.recipient_id = c.recipient_id and c.result is not null
        -- of several nobody knows yet who says it
        and (c.identity = 'matched' or not exists (
          select from campaign_attempt_person p where p.attempt_id = c.attempt_id))
    )
    select pg_notify('call_changed', '')`.execute(db);
}
