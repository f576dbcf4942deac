-- 緊急アナウンス, switched by telephone: which number is for it, who may get in with which PIN, and what keeps guessers out.

-- One row. Calls to its number reach the switching dialogue and nothing else.
create table emergency_telephone (
  only_row boolean primary key default true check (only_row),
  phone_number text references phone_number on delete set null,  -- null: nobody switches by telephone
  closed_until timestamptz,                  -- after too many calls that nobody got in by: nobody does until then
  changed_at timestamptz,
  changed_by text,
  version integer not null default 1
);
insert into emergency_telephone default values;

create table emergency_pin (
  person_id text primary key references person on delete cascade,
  staff_number text not null unique check (staff_number ~ '^[0-9]{4}$'),
  pin_hash text not null,                    -- scrypt with its costs and salt
  wrong_in_a_row integer not null default 0,
  locked_at timestamptz,                     -- null: it opens; a new PIN unlocks
  set_at timestamptz not null
);

-- Calls in which a number or PIN was wrong and nobody has got in since; kept for an hour.
create table emergency_failed_call (
  call_id text primary key,
  failed_at timestamptz not null
);

alter table emergency_period
  add column began_by_telephone boolean not null default false,
  add column ended_by_telephone boolean not null default false;

create trigger emergency_telephone_changed after update of phone_number on emergency_telephone
  execute function wake_settings_readers();
