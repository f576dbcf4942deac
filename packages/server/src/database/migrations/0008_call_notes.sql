-- What staff add by hand: notes on calls, the history of inbox items, complaint flags on callers' numbers.

-- The choices of a note. `version` is raised whenever a list is saved: two administrators never overwrite one another unseen.
create table note_choice_list (
  kind text primary key check (kind in ('category', 'result')),
  version integer not null default 1
);
-- A choice is never deleted, since notes name it; `hidden` ones are offered no more.
create table note_choice (
  choice_id text primary key,
  kind text not null references note_choice_list,
  label text not null check (label <> ''),
  position integer not null,
  hidden boolean not null default false
);
create index note_choice_by_kind on note_choice (kind, position);

insert into note_choice_list (kind) values ('category'), ('result');
insert into note_choice (choice_id, kind, label, position) values
  ('category-1', 'category', '資格・加入・脱退', 1),
  ('category-2', 'category', '給付・医療費', 2),
  ('category-3', 'category', '保険料の額・計算', 3),
  ('category-4', 'category', '納付・納付相談', 4),
  ('category-5', 'category', '証・書類の再発行', 5),
  ('category-6', 'category', '健康診査・保健事業', 6),
  ('category-7', 'category', 'ほかの課の用件', 7),
  ('category-8', 'category', '苦情・ご意見', 8),
  ('category-9', 'category', 'その他', 9),
  ('result-1', 'result', '説明して終了', 1),
  ('result-2', 'result', '来庁を案内', 2),
  ('result-3', 'result', '書類を送付', 3),
  ('result-4', 'result', '折り返し連絡する', 4),
  ('result-5', 'result', 'ほかの課へ引き継ぎ', 5),
  ('result-6', 'result', '訪問する', 6),
  ('result-7', 'result', '途中で切れた', 7),
  ('result-8', 'result', '間違い電話・いたずら', 8);

create table call_note (
  call_id text primary key,
  call_day date not null,
  category_id text references note_choice,   -- 用件区分
  result_id text references note_choice,     -- 結果
  memo text not null default '',
  taken_by text,                             -- person who says 'I took this call'; people outlive no account: no foreign keys
  taken_at timestamptz,
  changed_by text not null,
  changed_at timestamptz not null,
  version integer not null default 1
);

-- What was done about the matter; demanded when an item is closed.
alter table inbox_item add column result_memo text not null default '';
create index inbox_item_done on inbox_item (changed_at desc, item_id) where state = 'done';

-- Who did what to an inbox item; `version` is the one that the deed made.
create table inbox_item_change (
  item_id text not null references inbox_item on delete cascade,
  version integer not null,
  at timestamptz not null,
  person_id text not null,
  deed text not null check (deed in ('take', 'handOver', 'save', 'finish', 'reopen')),
  to_person_id text,                         -- to whom it was handed over
  primary key (item_id, version)
);

-- 苦情 flags, set and cleared; the newest row of a number is what holds.
create table complaint_flag (
  flag_id bigint generated always as identity primary key,
  number text not null,                      -- national digits
  flagged boolean not null,
  reason text not null check (reason <> ''),
  person_id text not null,
  at timestamptz not null
);
create index complaint_flag_by_number on complaint_flag (number, flag_id desc);

-- For the page of one citizen.
create index sms_message_by_number on sms_message (to_number, created_at desc);
