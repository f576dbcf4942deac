-- What staff edit: one flow each. Calls never read these rows; they follow what was published of them (flow_bundle).
create table flow (
  flow_id text primary key,
  name text not null,
  -- FlowDraft of @madoguchi/flow; may be wrong or half made
  draft jsonb not null,
  -- rises with every save: who saves over an older one is told instead
  version integer not null default 1,
  changed_at timestamptz not null default now(),
  -- null: laid in by the start
  changed_by text references person (id) on delete set null,
  -- kept, so that a removal can be taken back and a version still says what it was made of
  removed_at timestamptz
);

-- Who has a flow open just now, so that two people see each other; each open window says so every few seconds.
create table flow_presence (
  flow_id text not null references flow on delete cascade,
  window_id text not null,
  person_id text not null references person (id) on delete cascade,
  seen_at timestamptz not null,
  primary key (flow_id, window_id)
);

alter table flow_bundle
  -- flow where its calls begin, and which version of it this is
  add column flow_id text references flow,
  add column version_no integer check (version_no >= 1),
  add column published_by text references person (id) on delete set null,
  add constraint flow_bundle_version unique (flow_id, version_no);

-- The flow that belongs to the number: what the studio publishes for it.
alter table phone_number add column flow_id text references flow;
