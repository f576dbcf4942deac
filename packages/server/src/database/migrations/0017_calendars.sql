-- Opening hours are changed on a screen: who did it, and which version was looked at.
alter table calendar
  add column version integer not null default 1,
  add column changed_by text;                -- null: as the start laid it

-- 内閣府's list of 祝日 as staff loaded it. The newest one counts; older ones stay.
create table holiday_file (
  file_id integer generated always as identity primary key,
  file_name text not null,
  content bytea not null,
  holidays jsonb not null,                   -- Japanese date → name (HolidaySet of @madoguchi/flow)
  loaded_at timestamptz not null,
  loaded_by text not null
);
create trigger holiday_file_changed after insert or update or delete on holiday_file
  execute function wake_settings_readers();
