-- 結果: what was said in the calls of campaigns, and the files that take results to core systems.

-- What the call's line was told at this event, exactly: { parts, stopped, slower } of calls/call-record.ts, secret values hidden. Only in calls of
-- campaigns: from the keys it could not be told again, since those of an identity check are sealed. null: nothing.
alter table call_event add column spoken jsonb;

-- How a core system wants its file: ResultMappingDraft of http/campaign-result-contract.ts.
create table result_mapping (
  mapping_id text primary key,
  name text not null unique check (name <> ''),
  draft jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  version integer not null default 1
);

-- 結果ファイル: ended attempts that went into one file.
create table result_export (
  export_id text primary key,
  campaign_id text not null references campaign on delete cascade,
  export_no integer not null,                  -- counts up for a campaign
  -- the file whose attempts it holds once more; null: its attempts were in no file before
  repeats text references result_export,
  -- as they were when it was made: a file that is made again is the same file
  mapping_name text not null,
  mapping jsonb not null,
  state text not null default 'making' check (state in ('making', 'ready', 'failed')),
  attempts integer not null,
  made_at timestamptz not null,
  made_by text not null,
  notes jsonb,                                 -- FileNotes of the contract, once it is ready
  files jsonb not null default '[]',           -- kind, name, sha256, bytes, rows
  unique (campaign_id, export_no)
);

-- Each attempt is in one file, whatever two clerks do at once. Files that repeat another have no rows here.
create table result_export_attempt (
  attempt_id text primary key references campaign_attempt on delete cascade,
  export_id text not null references result_export on delete cascade,
  row_no integer not null,
  unique (export_id, row_no)
);

-- How a file left the house: fetched by a browser, laid into the drop folder, or handed over with its 送付票.
create table result_delivery (
  delivery_id bigint generated always as identity primary key,
  export_id text not null references result_export on delete cascade,
  kind text not null check (kind in ('download', 'dropFolder', 'handedOver')),
  note text not null default '',
  at timestamptz not null,
  by_person text not null
);
create index result_delivery_by_export on result_delivery (export_id, at);
