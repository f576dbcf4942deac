-- 配信: calls and text messages that the city places to the people on a list.
create table campaign (
  campaign_id text primary key,
  name text not null check (name <> ''),
  kind text not null check (kind in ('dueDateNotice', 'paymentDemand')),
  -- the scenario in the studio; null: not chosen yet
  flow_id text references flow,
  -- public number that recipients see, and to which they call back; null: not chosen yet
  phone_number text references phone_number,
  -- CampaignSettings of campaigns/settings.ts: channels, text message, times, pacing, tries after each outcome, call-backs
  settings jsonb not null,
  state text not null default 'draft'
    check (state in ('draft', 'waiting', 'approved', 'running', 'paused', 'ended')),
  -- why it ended: everybody is settled, staff stopped it, its last day passed, the budget is used up
  ended_because text check (ended_because in ('finished', 'stopped', 'lastDay', 'budget')),
  -- what was approved and is dialled; kept apart from the flow's own versions
  bundle_id text references flow_bundle,
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  version integer not null default 1,
  check ((ended_because is null) = (state <> 'ended'))
);
create index campaign_by_time on campaign (created_at desc);
create index campaign_active on campaign (state) where state in ('approved', 'running', 'paused');

-- 配信先: one person whom a campaign is about, 宛名番号 and telephone.
create table campaign_recipient (
  recipient_id bigint generated always as identity primary key,
  campaign_id text not null references campaign on delete cascade,
  -- row of the file that it came from, as a spreadsheet counts them
  row_no integer not null,
  addressee_number text not null,              -- 宛名番号, as written, leading zeros kept
  telephone text not null,                     -- national digits
  telephone_kind text not null,                -- NumberKind of @madoguchi/flow
  name_kana text not null default '',          -- フリガナ; '' : not told
  birth_date date,                             -- for the identity check only: never spoken, never written
  -- what the scenario may say: { 税目: { text, readAs } … }
  "values" jsonb not null,
  -- the row as it came, in the order of the file's columns: goes back to the core system unchanged
  original text[] not null,
  -- keyed hashes of person and telephone: counts across campaigns reveal nothing else (campaigns/person-key.ts)
  person_key bytea not null,
  telephone_key bytea not null,
  -- waiting 待ち → inProgress 発信中 → waiting or done 済み; left out at any time: removed 取りやめ
  state text not null default 'waiting' check (state in ('waiting', 'inProgress', 'done', 'removed')),
  -- which channel is next
  next_channel text not null default 'call' check (next_channel in ('call', 'sms')),
  -- not before this time
  next_at timestamptz not null default '-infinity',
  tries smallint not null default 0,           -- of calls that count
  sms_tries smallint not null default 0,
  -- why it is done or removed: SettledReason of campaigns/words.ts
  settled_reason text,
  settled_at timestamptz,
  -- the answer that counts: ContactResult of campaigns/words.ts
  result text,
  result_at timestamptz,
  promised_on date,
  unique (campaign_id, row_no),
  check ((settled_at is null) = (state in ('waiting', 'inProgress')))
);
-- the chooser takes the first that are due
create index campaign_recipient_due on campaign_recipient (campaign_id, next_at, recipient_id) where state = 'waiting';
create index campaign_recipient_by_telephone on campaign_recipient (telephone);
create index campaign_recipient_by_person on campaign_recipient (person_key);

-- 発信試行: reserved before a line or a gateway is touched. Its id is the engine's channel id and the call's id, or the outbox id of its text.
create table campaign_attempt (
  attempt_id text primary key,
  campaign_id text not null references campaign on delete cascade,
  recipient_id bigint not null references campaign_recipient on delete cascade,
  channel text not null check (channel in ('call', 'sms')),
  -- the person called back: not placed by us
  is_call_back boolean not null default false,
  state text not null default 'reserved'
    check (state in ('reserved', 'dialling', 'ringing', 'talking', 'sent', 'ended', 'unknown')),
  call_node text,                              -- the telephone process that has it
  bundle_id text references flow_bundle,
  trunk_id text,
  reserved_at timestamptz not null,
  dialled_at timestamptz,
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  -- AttemptOutcome of campaigns/words.ts; null while it goes on
  outcome text,
  counts_as_try boolean not null default true,
  sip_code smallint,
  q850_cause smallint,
  early_media boolean not null default false,
  sip_call_id text,
  -- AnsweredBy of campaigns/words.ts
  answered_by text,
  identity text check (identity in ('matched', 'failed')),
  result text,
  promised_on date,
  -- sen (1/100 yen): reserved before, at worst; used after
  reserved_sen bigint not null default 0,
  used_sen bigint,
  check ((ended_at is null) = (state in ('reserved', 'dialling', 'ringing', 'talking', 'sent')))
);
-- at most one at a time for a recipient
create unique index campaign_attempt_one_open on campaign_attempt (recipient_id)
  where state in ('reserved', 'dialling', 'ringing', 'talking', 'sent');
create index campaign_attempt_open on campaign_attempt (campaign_id)
  where state in ('reserved', 'dialling', 'ringing', 'talking', 'sent');
create index campaign_attempt_by_recipient on campaign_attempt (recipient_id, reserved_at);
create index campaign_attempt_by_time on campaign_attempt (campaign_id, reserved_at);

-- a call that the city placed is no received call: no figure of a public number counts it
alter table call_summary add column if not exists is_placed boolean not null default false;
