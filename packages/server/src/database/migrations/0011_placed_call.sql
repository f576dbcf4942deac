-- Calls that staff place by one click: first the clerk's telephone rings, then the citizen's.

-- A person's own telephone, which rings first. People outlive no account: no foreign keys.
create table person_telephone (
  person_id text primary key,
  number text not null,                      -- national digits
  changed_at timestamptz not null
);

create table placed_call (
  placed_call_id uuid primary key,
  item_id text references inbox_item on delete set null,
  person_id text not null,
  staff_number text not null,                -- national digits, as are the two others
  citizen_number text not null,
  presented_number text not null,            -- the public number for which it is placed
  state text not null default 'ordered'
    check (state in ('ordered', 'ringingStaff', 'ringingCitizen', 'talking', 'ended', 'failed', 'unknown')),
  reason text,                               -- why it failed
  created_at timestamptz not null,
  call_node text,                            -- the telephone process that claimed it, once
  connected_at timestamptz,
  ended_at timestamptz,
  stop_asked_at timestamptz
);
create unique index placed_call_one_open on placed_call (person_id)
  where state in ('ordered', 'ringingStaff', 'ringingCitizen', 'talking');
create index placed_call_open on placed_call (created_at)
  where state in ('ordered', 'ringingStaff', 'ringingCitizen', 'talking');
create index placed_call_by_person on placed_call (person_id, created_at desc);
create index placed_call_by_number on placed_call (citizen_number, created_at desc);
create index placed_call_by_item on placed_call (item_id, created_at desc);
