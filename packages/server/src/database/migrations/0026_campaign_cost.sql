-- 配信: what the network's answers mean, how often a person may be called, what it costs, and whom nobody calls.

-- attempts in a row for which the line was at fault: they use up no try, the waiting grows
alter table campaign_recipient add column line_failures smallint not null default 0;
create index campaign_recipient_by_telephone_key on campaign_recipient (telephone_key);

-- 部署 whose share of the budget pays; '' : none, only the city's budget holds
alter table campaign add column department text not null default '';
-- the share from which an attempt was reserved, whatever becomes of the campaign
alter table campaign_attempt add column department text not null default '';
create index campaign_attempt_by_day on campaign_attempt (reserved_at);

-- What the answers of a trunk's network mean; a trunk without a row follows campaigns/pacing/default-outcome-table.ts.
create table outcome_table (
  trunk_id text primary key references trunk on delete cascade,
  rules jsonb not null,                        -- OutcomeTable of campaigns/pacing/outcome-of.ts
  changed_at timestamptz not null,
  changed_by text not null,
  version integer not null default 1
);

-- How often a person may be called and written to, by all campaigns of all departments together.
create table contact_cap (
  one_row boolean primary key default true check (one_row),
  caps jsonb not null,                         -- ContactCaps of campaigns/caps/contact-caps.ts
  changed_at timestamptz not null,
  changed_by text,                             -- null: as it came with the product
  version integer not null default 1
);
-- One call that rings a day: who did not answer sees who called. Three in a week and six in a month are what one department needs for the
-- usual three tries and a second department for its own, and no more. A text can be read again: fewer of them.
insert into contact_cap (caps, changed_at) values
  ('{"call": {"perDay": 1, "per7Days": 3, "per30Days": 6}, "sms": {"perDay": 1, "per7Days": 2, "per30Days": 4}}', now());

-- 通話料・SMS料金: of a destination, from a day on until the next row of the same destination.
create table call_rate (
  destination text not null check (destination in ('landline', 'mobile', 'ipPhone', 'tollFree', 'sms')),
  valid_from date not null,
  -- each begun unit of an answered call costs unit_sen (1/100 yen, without tax)
  unit_seconds integer not null check (unit_seconds between 1 and 3600),
  unit_sen bigint not null check (unit_sen >= 0),
  -- for each answered call; of sms: for each part where the gateway names no price
  fee_sen bigint not null check (fee_sen >= 0),
  tax_percent numeric(4, 2) not null check (tax_percent between 0 and 50),
  rounding text not null check (rounding in ('sen', 'yenDown', 'yenNearest', 'yenUp')),
  changed_at timestamptz not null,
  changed_by text,                             -- null: as it came with the product
  version integer not null default 1,
  primary key (destination, valid_from)
);
-- What ひかり電話 of NTT東日本・NTT西日本 took in 2026, the dearest of each kind, without tax; staff put their own contract's in.
insert into call_rate (destination, valid_from, unit_seconds, unit_sen, fee_sen, tax_percent, rounding, changed_at) values
  ('landline', '2026-01-01', 180, 800, 0, 10, 'sen', now()),
  ('mobile', '2026-01-01', 60, 1750, 0, 10, 'sen', now()),
  ('ipPhone', '2026-01-01', 180, 1080, 0, 10, 'sen', now()),
  ('tollFree', '2026-01-01', 180, 0, 0, 10, 'sen', now()),
  ('sms', '2026-01-01', 1, 0, 1500, 10, 'sen', now());

-- 予算 of a month, all with tax: 250,000 yen (IN-cost). What of it is fixed, and what received calls use, staff put in.
create table campaign_budget (
  one_row boolean primary key default true check (one_row),
  budget jsonb not null,                       -- Budget of campaigns/cost/budget.ts
  changed_at timestamptz not null,
  changed_by text,                             -- null: as it came with the product
  version integer not null default 1
);
insert into campaign_budget (budget, changed_at) values
  ('{"monthlyYen": 250000, "fixedYen": 0, "receivedYen": 0, "warnPercent": 80, "shares": []}', now());

-- What attempts of a Japanese month use: changed only together with the attempt, so that two diallers never pass the budget.
create table budget_use (
  month date not null check (extract(day from month) = 1),
  department text not null,                    -- '' : the whole city
  reserved_sen bigint not null default 0 check (reserved_sen >= 0),
  used_sen bigint not null default 0 check (used_sen >= 0),
  primary key (month, department)
);

-- 発信止め: whom nobody calls, by keyed hash of the person, the telephone or both.
create table campaign_suppression (
  suppression_id text primary key,
  person_key bytea,
  telephone_key bytea,
  -- readable, only for staff who may say it; null: by telephone alone
  addressee_number text,
  telephone text,
  reason text not null,                        -- SuppressionReason of campaigns/words.ts
  note text not null default '',
  from_day date not null,
  to_day date,                                 -- the last day; null: until it is lifted
  source text not null check (source in ('staff', 'file', 'call')),
  added_at timestamptz not null,
  added_by text,                               -- null: the person, in a call
  lifted_at timestamptz,
  lifted_by text,
  check (person_key is not null or telephone_key is not null),
  check (to_day is null or to_day >= from_day),
  check ((lifted_at is null) = (lifted_by is null))
);
create index campaign_suppression_by_person on campaign_suppression (person_key) where lifted_at is null;
create index campaign_suppression_by_telephone on campaign_suppression (telephone_key) where lifted_at is null;
create index campaign_suppression_by_time on campaign_suppression (added_at desc);
