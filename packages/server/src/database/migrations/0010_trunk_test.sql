-- The last test of each trunk 接続試験: what its other side answered to us.
create table trunk_test (
  trunk_id text primary key references trunk on delete cascade,
  -- of the trunk when it was tested: a result says nothing of settings that were changed since
  version integer not null,
  tested_at timestamptz not null,
  tested_by text not null,
  -- TrunkProbe of @madoguchi/telephony
  results jsonb not null
);
