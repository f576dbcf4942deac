-- The house: numbers, flows, calls. A call belongs to the Japanese day on which it began (call_day), by which the large tables
-- are partitioned from the start, so that retention drops a partition instead of deleting rows.

create table phone_number (
  -- national digits, as citizens dial them
  phone_number text primary key check (phone_number ~ '^[0-9]{3,15}$'),
  name text not null,
  state text not null default 'preparing' check (state in ('preparing', 'test', 'live', 'stopped')),
  -- version of the flow in force; null: the number is not served yet
  bundle_id text,
  -- dialled by the telephone itself, in opening hours, while no controlling process is there
  fallback_number text check (fallback_number ~ '^[0-9]{3,15}$'),
  -- opening hours for the fallback; null: always closed
  calendar_id text,
  recording_enabled boolean not null default true,
  created_at timestamptz not null default now()
);

create table calendar (
  calendar_id text primary key,
  name text not null,
  -- CalendarSchema of @madoguchi/flow
  calendar jsonb not null,
  updated_at timestamptz not null default now()
);

create table number_list (
  list_id text primary key,
  name text not null
);

create table number_list_entry (
  list_id text not null references number_list on delete cascade,
  number text not null,
  primary key (list_id, number)
);

create table reading (
  surface text primary key,
  reading text not null,
  updated_at timestamptz not null default now()
);

-- Published versions never change: calls in progress keep theirs.
create table flow_bundle (
  bundle_id text primary key,
  name text not null,
  comment text not null default '',
  -- BundleDraft of @madoguchi/flow, as it was proven right
  bundle jsonb not null,
  published_at timestamptz not null default now()
);

alter table phone_number add foreign key (bundle_id) references flow_bundle;
alter table phone_number add foreign key (calendar_id) references calendar;

-- Every call is the fold over these rows (packages/flow).
create table call_event (
  call_day date not null,
  call_id text not null,
  seq integer not null check (seq >= 0),
  at timestamptz not null,
  -- ms since the call began, by the monotonic clock
  at_ms integer not null,
  schema_version smallint not null,
  type text not null,
  -- node at which the event found the call
  node_id text,
  -- branches that this event took: [{flowId, nodeId, branch}]
  taken jsonb not null default '[]',
  event jsonb not null,
  primary key (call_day, call_id, seq)
) partition by range (call_day);
create index call_event_by_call on call_event (call_id, seq);

create table call_summary (
  call_day date not null,
  call_id text not null,
  phone_number text not null,
  caller_number text,
  caller_kind text not null,
  sip_call_id text,
  -- machine whose telephone carries the call: it alone settles the call after a crash
  call_node text not null,
  bundle_id text not null,
  began_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  outcome text,
  node_id text,
  node_title text,
  node_kind text,
  keys text not null default '',
  -- titles of the nodes that the call has passed, in order; where it is now comes last
  path jsonb not null default '[]',
  last_seq integer not null,
  -- rises with every change of any call: live readers ask for what is newer than they have
  change_id bigint not null,
  primary key (call_day, call_id)
) partition by range (call_day);
create index call_summary_by_id on call_summary (call_id);
create index call_summary_by_caller on call_summary (caller_number, began_at desc);
create index call_summary_by_time on call_summary (began_at desc, call_id);
create index call_summary_by_change on call_summary (change_id);
create index call_summary_open on call_summary (call_node) where ended_at is null;
create sequence call_change;

-- How many calls took each branch, per hour of the Japanese day.
create table branch_count (
  call_day date not null,
  hour smallint not null,
  phone_number text not null,
  bundle_id text not null,
  flow_id text not null,
  node_id text not null,
  branch text not null,
  count integer not null,
  primary key (call_day, hour, phone_number, bundle_id, flow_id, node_id, branch)
) partition by range (call_day);

create table recording (
  recording_id text primary key, -- call_id-seq
  call_id text not null,
  call_day date not null,
  kind text not null check (kind in ('transfer', 'voicemail')),
  state text not null default 'recording' check (state in ('recording', 'ready', 'failed')),
  -- file below the recordings folder
  file_name text not null,
  duration_ms integer,
  began_at timestamptz not null
);
create index recording_by_call on recording (call_id);

-- What each process last said of itself, for the head line of the admin page.
create table component_state (
  component text primary key,
  state text not null check (state in ('up', 'down')),
  said_at timestamptz not null
);

-- Partitions by month; made ahead by ensure_partitions, which every start and every flush of a new month calls.
create function ensure_partitions(first date, months integer) returns void language plpgsql as $$
declare
  month date := date_trunc('month', first)::date;
  parent text;
begin
  -- two processes that start together must not make the same table
  perform pg_advisory_xact_lock(7250082);
  for i in 0..months loop
    foreach parent in array array['call_event', 'call_summary', 'branch_count'] loop
      execute format('create table if not exists %I partition of %I for values from (%L) to (%L)',
        parent || '_' || to_char(month, 'YYYYMM'), parent, month, (month + interval '1 month')::date);
    end loop;
    month := (month + interval '1 month')::date;
  end loop;
end $$;

-- Settings that the telephone keeps a copy of: a change only wakes, the readers look for themselves.
create function wake_settings_readers() returns trigger language plpgsql as $$
begin
  perform pg_notify('settings_changed', '');
  return null;
end $$;
create trigger phone_number_changed after insert or update or delete on phone_number execute function wake_settings_readers();
create trigger calendar_changed after insert or update or delete on calendar execute function wake_settings_readers();
create trigger number_list_entry_changed after insert or update or delete on number_list_entry
  execute function wake_settings_readers();
create trigger reading_changed after insert or update or delete on reading execute function wake_settings_readers();
