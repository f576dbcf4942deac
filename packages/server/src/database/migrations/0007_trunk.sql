-- Trunks 回線: the ways to the carriers. What the telephone does by them: telephony/src/trunk.
create table trunk (
  trunk_id text primary key,
  -- in which order they are tried for a leg of ours
  position integer not null,
  -- Trunk of @madoguchi/telephony; holds the passwords of registrations
  settings jsonb not null,
  -- who set it last; null: laid by the start from the operator's settings, which keep it up to date
  changed_by text,
  changed_at timestamptz not null default now(),
  version integer not null default 1
);
create trigger trunk_changed after insert or update or delete on trunk execute function wake_settings_readers();
