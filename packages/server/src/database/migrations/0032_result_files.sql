-- 結果ファイル: why one was made once more, how long its files are kept, and the core systems that fetch them by themselves.

alter table result_export
  -- why its attempts leave the house once more; null where it repeats no file, or was made before reasons were asked for
  add column repeat_reason text check (repeat_reason <> ''),
  -- until then its files are kept; null: they are not ready
  add column files_until timestamptz,
  -- when they were taken away; the row stays, to say who took what
  add column files_gone_at timestamptz,
  add check (repeat_reason is null or repeats is not null);
-- What was made before has a month from now.
update result_export set files_until = now() + interval '30 days' where state = 'ready';
create index result_export_kept on result_export (files_until) where state = 'ready' and files_gone_at is null;

-- 基幹システムの鍵: with it a machine fetches files of results, and does nothing else. Never deleted: what was fetched with it names it.
create table result_token (
  token_id text primary key,
  -- what the core system is called
  name text not null check (name <> ''),
  token_sha256 bytea not null unique,
  made_at timestamptz not null,
  made_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  last_used_at timestamptz,
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index result_token_name on result_token (name) where revoked_at is null;

alter table result_delivery
  alter column by_person drop not null,
  add column by_token text references result_token,
  drop constraint result_delivery_kind_check,
  add check (kind in ('download', 'dropFolder', 'handedOver', 'coreSystem')),
  add check (num_nonnulls(by_person, by_token) = 1),
  add check ((kind = 'coreSystem') = (by_token is not null));
