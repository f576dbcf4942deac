-- Lines in use 使用中の回線, as the telephone of each machine said last; for the trunk screen alone. Unlogged: what a crash takes is said
-- anew a second later.
create unlogged table line_use (
  call_node text primary key,
  -- LineUse of line/asterisk/lines.ts by trunk id
  trunks jsonb not null,
  said_at timestamptz not null
);
