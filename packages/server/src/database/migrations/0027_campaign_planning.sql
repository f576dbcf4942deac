-- 決裁 of campaigns: a proposal 伺い binds list, text, schedule and cost by one SHA-256; what is decided is decided of that and of nothing else.
create table campaign_proposal (
  proposal_id text primary key,
  campaign_id text not null references campaign on delete cascade,
  -- BoundContent of campaigns/planning/bound-content.ts, and its SHA-256
  content jsonb not null,
  content_sha256 text not null,
  -- scenario as it will be dialled, frozen without a version number; null: text messages only, and no scenario
  bundle_id text references flow_bundle,
  comment text not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  steps smallint not null check (steps >= 1),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'sentBack', 'withdrawn', 'voided')),
  -- why it is void, for staff
  reason text,
  settled_at timestamptz
);
create unique index campaign_proposal_one_open on campaign_proposal (campaign_id) where state in ('waiting', 'approved');
create index campaign_proposal_by_time on campaign_proposal (campaign_id, drafted_at desc);

-- What was decided, in order. A decision names the content it was made of.
create table campaign_decision (
  proposal_id text not null references campaign_proposal on delete cascade,
  step smallint not null,
  decision text not null check (decision in ('approved', 'sentBack')),
  decided_by text not null,
  -- 代決: for whom
  on_behalf_of text,
  reason text not null default '',
  sms_may_tell_personal boolean not null default false,
  content_sha256 text not null,
  decided_at timestamptz not null,
  primary key (proposal_id, step),
  -- nobody takes two steps of one proposal
  unique (proposal_id, decided_by)
);

-- Whom staff took off a campaign, and why.
create table campaign_removal (
  recipient_id bigint primary key references campaign_recipient on delete cascade,
  removed_by text not null,
  removed_at timestamptz not null,
  reason text not null
);

-- How far the sounds of a campaign are made. They are made in the order of the list; values are kept for a day only, so that a campaign of
-- several days has several rounds.
create table campaign_sounds (
  campaign_id text primary key references campaign on delete cascade,
  bundle_id text not null references flow_bundle,
  -- recipients of this round, and those whose sounds lie ready
  total integer not null,
  done integer not null default 0,
  -- row_no of the last of them
  through_row integer not null default 0,
  -- milliseconds for one recipient, measured; null: not yet
  ms_each real,
  -- null: only a sample was made, to measure the time
  round_begun_at timestamptz,
  ready_at timestamptz,
  -- why they cannot be made, for staff
  failed_because text
);

-- whether anybody is left, asked every second
create index campaign_recipient_open on campaign_recipient (campaign_id) where state in ('waiting', 'inProgress');

-- texts that wait for the gateway's word
create index campaign_attempt_sent on campaign_attempt (attempt_id) where channel = 'sms' and state in ('reserved', 'sent');
-- and those whose receipt may still come
create index campaign_attempt_accepted on campaign_attempt (ended_at) where outcome = 'smsAccepted';
