-- What callers answered to the questions of a questionnaire, one row per question and time it was asked; written in the transaction of
-- the event that answered it.
create table call_answer (
  call_day date not null,
  call_id text not null,
  seq integer not null,                      -- of the event that answered
  bundle_id text not null,
  flow_id text not null,
  node_id text not null,
  question_id text not null,
  key text,                                  -- null: not answered
  label text,                                -- staff's word for the choice when the call was made
  primary key (call_day, call_id, seq, flow_id, node_id, question_id)
) partition by range (call_day);
create index call_answer_by_question on call_answer (flow_id, node_id, question_id, call_day);
create index call_answer_by_call on call_answer (call_id);

create or replace function ensure_partitions(first date, months integer) returns void language plpgsql as $$
declare
  month date := date_trunc('month', first)::date;
  parent text;
begin
  -- two processes that start together must not make the same table
  perform pg_advisory_xact_lock(7250082);
  for i in 0..months loop
    foreach parent in array array['call_event', 'call_summary', 'branch_count', 'call_answer'] loop
      execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
        parent || '_' || to_char(month, 'YYYYMM'), parent, month, (month + interval '1 month')::date);
    end loop;
    month := (month + interval '1 month')::date;
  end loop;
end $$;
