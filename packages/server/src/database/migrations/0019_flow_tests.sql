-- Tests of flows: runs of a trial that staff kept, made again before each publication. And replays of past calls through a draft.

create table flow_test (
  test_id uuid primary key,
  -- flow where the run begins; no foreign key: a removed flow can come back, and its tests with it
  flow_id text not null,
  name text not null check (name <> ''),
  -- FlowTest of @madoguchi/flow: setting, inputs, what is expected
  test jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null
);
create index flow_test_by_flow on flow_test (flow_id, name);

create table flow_replay (
  replay_id uuid primary key,
  flow_id text not null,
  -- Japanese days, both included
  from_day date not null,
  to_day date not null,
  phone_numbers jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  -- calls replayed, of how many
  done integer not null default 0,
  total integer,
  -- there are more calls in the period than are replayed: the newest are
  is_cut boolean not null default false,
  -- ReplayTotals of @madoguchi/flow
  totals jsonb,
  asked_at timestamptz not null,
  asked_by text not null,
  settled_at timestamptz
);
create index flow_replay_by_flow on flow_replay (flow_id, asked_at desc);

-- Calls of test callers are no past calls of citizens; 0016 has the column where it came before this.
alter table call_summary add column if not exists is_test boolean not null default false;
