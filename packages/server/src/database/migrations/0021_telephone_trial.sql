-- 電話で試す: a draft as it was when somebody ordered it, which test callers reach on numbers under test. It is frozen as a row of flow_bundle
-- without a version number, so that nobody takes it for a published version.
create table telephone_trial (
  bundle_id text primary key references flow_bundle on delete cascade,
  -- people outlive no account: no foreign key
  ordered_by text not null,
  ordered_at timestamptz not null,
  -- why its sounds cannot be made, for staff; null: they are being made, or lie ready
  failed_because text
);

-- Nothing has filled it until now but by hand.
update phone_number set trial_bundle_id = null where trial_bundle_id is not null;
alter table phone_number
  drop constraint phone_number_trial_bundle_id_fkey,
  add foreign key (trial_bundle_id) references telephone_trial,
  -- takes the place of trial_bundle_id once its sounds lie ready; a later order takes its place
  add column ordered_trial_id text references telephone_trial;

-- Whether somebody has called while it was on trial: then the records need it for ever.
create index call_summary_by_trial on call_summary (bundle_id) where is_test;
