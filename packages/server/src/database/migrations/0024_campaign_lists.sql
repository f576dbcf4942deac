-- 名簿: files from which the recipients of a campaign come, or that name those who have paid.

-- 列の割り当て, kept for each core system
create table list_mapping (
  mapping_id text primary key,
  name text not null check (name <> ''),
  purpose text not null check (purpose in ('recipients', 'paid')),
  -- ColumnMapping[] of http/campaign-list-contract.ts
  columns jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  version integer not null default 1,
  unique (purpose, name)
);

create table campaign_list (
  list_id text primary key,
  campaign_id text not null references campaign on delete cascade,
  purpose text not null check (purpose in ('recipients', 'paid')),
  file_name text not null,
  kind text not null check (kind in ('csv', 'xlsx')),
  encoding text check (encoding in ('utf-8', 'cp932')),
  state text not null default 'uploaded'
    check (state in ('uploaded', 'reading', 'checked', 'accepted', 'cancelled', 'failed')),
  -- for staff; set where it failed
  problem text check ((problem is not null) = (state = 'failed')),
  file_bytes bigint not null,
  headers text[] not null,
  -- string[][]: the first rows, for the mapping on the screen; emptied once they are of no more use
  samples jsonb not null,
  -- ColumnMapping[]; null before it is read
  columns jsonb,
  bytes_read bigint not null default 0,
  rows_read integer not null default 0,
  usable integer not null default 0,
  left_out integer not null default 0,
  warned integer not null default 0,
  sent_at timestamptz not null,
  sent_by text not null,
  -- its reader's last sign of life
  worked_at timestamptz not null,
  accepted_at timestamptz
);
create index campaign_list_by_campaign on campaign_list (campaign_id, sent_at desc);
create index campaign_list_unfinished on campaign_list (state) where state in ('uploaded', 'reading', 'checked');

-- Rows of a list before it is accepted, and afterwards those that were left out, for some days. Unlogged: the file can be sent again,
-- and a crash of PostgreSQL leaves nothing of it. Of 'recipients' the columns are those of campaign_recipient.
create unlogged table campaign_list_row (
  list_id text not null,
  row_no integer not null,
  left_out boolean not null,
  -- RowProblem[]: why it is left out; else what staff should know of it
  problems jsonb not null,
  addressee_number text not null,
  telephone text not null,
  telephone_kind text not null,
  name_kana text not null,
  birth_date date,
  "values" jsonb not null,
  original text[] not null,
  person_key bytea not null,
  telephone_key bytea not null,
  -- of 'paid': whom it takes off
  recipient_ids bigint[] not null default '{}',
  primary key (list_id, row_no)
);
