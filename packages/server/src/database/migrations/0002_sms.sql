-- The outbox of text messages. States and who may change them: sms/outbox/message-state.ts.
create table sms_message (
  id text primary key,                       -- 'callId-seq' of the event that caused it, or a uuid for a test text
  origin text not null,                      -- 'call', 'test'
  to_number text not null,                   -- national digits
  text text not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'submitting', 'accepted', 'refused', 'unknown', 'delivered', 'undeliverable')),
  parts integer not null check (parts > 0),
  attempts integer not null default 0,       -- times it was claimed for the gateway
  resends integer not null default 0,        -- times it was sent again after 'unknown', by policy only
  owner text,                                -- the sender that claimed it last; alive while it holds the advisory lock of that name
  gateway_message_ids text[] not null default '{}',
  refusal_code integer,                      -- the gateway's command_status, where the refusal is final and the gateway's
  last_error_code integer,                   -- the last answer that was no acceptance, final or not
  created_at timestamptz not null,
  waiting_since timestamptz not null,        -- made, or sent again by policy; what 'give up after' counts from
  next_attempt_at timestamptz not null,
  submitted_at timestamptz,
  settled_at timestamptz,                    -- accepted, refused or unknown since
  finished_at timestamptz                    -- delivered or undeliverable since, by the receipts' own time
);
create index sms_message_waiting on sms_message (next_attempt_at, created_at) where state = 'waiting';
create index sms_message_submitting on sms_message (owner) where state = 'submitting';
create index sms_message_open on sms_message (settled_at) where state in ('accepted', 'unknown');
create index sms_message_newest on sms_message (created_at desc);

-- One row per part that the gateway took. A text sent again after 'unknown' has a further attempt.
create table sms_part (
  message_id text not null references sms_message (id) on delete cascade,
  attempt integer not null,
  part integer not null,                     -- from 1, in the order of acceptance
  gateway_message_id text not null,
  primary key (message_id, attempt, part)
);
create index sms_part_gateway on sms_part (gateway_message_id);

-- Every delivery receipt, kept whether or not its text is known yet: a receipt may overtake the answer to its submit.
create table sms_receipt (
  gateway_message_id text not null,
  state text not null check (state in ('delivered', 'undeliverable', 'expired', 'rejected', 'unknown')),
  from_number text,                          -- the telephone it speaks of, where the gateway says
  at timestamptz not null,                   -- the gateway's own time
  received_at timestamptz not null,
  primary key (gateway_message_id, state)
);
create index sms_receipt_from on sms_receipt (from_number, received_at);
