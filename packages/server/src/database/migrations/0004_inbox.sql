-- The inbox 受付箱: what a citizen left for a person to deal with (a voicemail, a request to be called back).
create table inbox_item (
  item_id text primary key,                  -- 'callId-seq' of the event that caused it
  kind text not null check (kind in ('voicemail', 'callBack')),
  call_id text not null,
  call_day date not null,
  phone_number text not null,                -- the public number that the citizen called
  call_back_number text,                     -- national digits to call; null where the citizen left none
  wished_time text,                          -- when the citizen wishes to be called, in words that staff read
  state text not null default 'open' check (state in ('open', 'inProgress', 'done')),
  assignee_id text,                          -- person who deals with it; outlives the account, so no foreign key
  due_at timestamptz not null,
  memo text not null default '',
  created_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1         -- raised by every change: two clerks never overwrite one another unseen
);
create index inbox_item_open on inbox_item (due_at) where state <> 'done';
create index inbox_item_newest on inbox_item (created_at desc, item_id);
create index inbox_item_by_number on inbox_item (call_back_number, created_at desc);
create index inbox_item_by_call on inbox_item (call_id);
