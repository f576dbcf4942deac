-- 公開と決裁: a proposal 伺い holds exactly what is to be published; what is decided is decided of that and of nothing else.
alter table phone_number
  -- how many decisions 決裁 a new version of a live number needs; numbers that are not live need none
  add column approval_steps smallint not null default 1 check (approval_steps between 0 and 3),
  -- who set it last: a drafter who made it less may not profit from it
  add column approval_set_by text;

create table proposal (
  proposal_id text primary key,
  flow_id text not null references flow,
  -- draft it was made of
  draft_version integer not null,
  -- BundleDraft of @madoguchi/flow as it will be published, and its SHA-256 (freeze.ts): a change would void every decision
  bundle jsonb not null,
  content_sha256 text not null,
  comment text not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  steps smallint not null,
  -- when it comes into force once it is approved
  publish_when text not null check (publish_when in ('approved', 'at', 'byHand')),
  publish_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'sentBack', 'withdrawn', 'published', 'failed')),
  -- sounds of the version lie ready
  sounds_ready_at timestamptz,
  -- why it failed, for staff
  reason text,
  bundle_id text references flow_bundle,
  settled_at timestamptz,
  check ((publish_when = 'at') = (publish_at is not null))
);
create unique index proposal_one_open on proposal (flow_id) where state in ('waiting', 'approved');
create index proposal_by_time on proposal (drafted_at desc);

create table proposal_number (
  proposal_id text not null references proposal on delete cascade,
  phone_number text not null references phone_number on delete cascade,
  primary key (proposal_id, phone_number)
);

-- What was decided, in order. A decision names the content it was made of.
create table proposal_decision (
  proposal_id text not null references proposal on delete cascade,
  step smallint not null,
  decision text not null check (decision in ('approved', 'sentBack')),
  decided_by text not null,
  -- 代決: for whom, and why
  on_behalf_of text,
  reason text not null default '',
  content_sha256 text not null,
  decided_at timestamptz not null,
  primary key (proposal_id, step),
  -- nobody takes two steps of one proposal
  unique (proposal_id, decided_by)
);
