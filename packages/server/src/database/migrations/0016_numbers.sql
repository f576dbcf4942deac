-- What a phone number does besides following its flow: its states, planned changes, test callers, emergency announcements.
alter table phone_number
  -- Japanese day; before it callers of a live number hear that it is being prepared. null: open at once
  add column opens_on date,
  -- a stopped number's calls are passed on to it unanswered; national digits
  add column forward_to text check (forward_to ~ '^[0-9]{3,15}$'),
  -- version that test callers reach; null: the one in force
  add column trial_bundle_id text references flow_bundle,
  -- what staff telephones show of its transfers; null: as their trunk says
  add column presented text check (presented in ('called', 'caller') or presented ~ '^[0-9]{3,15}$'),
  -- calls at once; null: as many as the trunk has
  add column max_calls integer check (max_calls > 0),
  add column when_full text not null default 'busy' check (when_full in ('busy', 'announcement')),
  add column changed_at timestamptz not null default now(),
  -- people outlive no account: no foreign keys, here and below. null: laid by the start
  add column changed_by text,
  add column version integer not null default 1;

-- Changes that a number is to undergo by itself at a time. A row is settled once, in the transaction of its deed.
create table number_plan (
  plan_id bigint generated always as identity primary key,
  phone_number text not null references phone_number on delete cascade,
  due_at timestamptz not null,
  kind text not null check (kind in ('state')),
  state text check (state in ('preparing', 'test', 'live', 'stopped')),
  created_at timestamptz not null,
  created_by text not null,
  result text check (result in ('done', 'failed', 'cancelled')),
  -- why it failed
  reason text,
  settled_at timestamptz,
  settled_by text,                           -- who cancelled it
  check (kind <> 'state' or state is not null),
  check ((result is null) = (settled_at is null))
);
create index number_plan_open on number_plan (due_at, plan_id) where result is null;
create index number_plan_by_number on number_plan (phone_number, due_at desc);

-- 試験発信者: reach numbers that are not open yet.
create table test_caller (
  number text primary key check (number ~ '^[0-9]{3,15}$'),
  note text not null default '',
  from_day date,                             -- Japanese days, both included; null: without a limit
  to_day date,
  changed_at timestamptz not null,
  changed_by text not null,
  version integer not null default 1,
  check (from_day <= to_day)
);

alter table call_summary add column if not exists is_test boolean not null default false;

-- 緊急アナウンス, prepared: its sound lies ready before it is stored.
create table emergency_message (
  message_id text primary key,
  name text not null check (name <> ''),
  text text not null check (text <> ''),
  -- what follows it: the number's flow, or the end of the call
  afterwards text not null check (afterwards in ('goOn', 'hangUp')),
  phone_numbers text[],                      -- null: all
  changed_at timestamptz not null,
  changed_by text not null,
  removed_at timestamptz,                    -- kept, since periods name it
  version integer not null default 1
);

-- When it was on, with what callers heard then; it is off from ends_at on, whether or not the row says so already.
create table emergency_period (
  period_id bigint generated always as identity primary key,
  message_id text not null references emergency_message,
  name text not null,
  text text not null,
  afterwards text not null check (afterwards in ('goOn', 'hangUp')),
  phone_numbers text[],
  began_at timestamptz not null,
  began_by text not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by text                              -- null: by itself
);
create unique index emergency_period_one_on on emergency_period (message_id) where ended_at is null;

create trigger test_caller_changed after insert or update or delete on test_caller execute function wake_settings_readers();
create trigger emergency_period_changed after insert or update or delete on emergency_period
  execute function wake_settings_readers();
