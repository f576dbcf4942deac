-- What callers hear, kept apart from the flows that say it: the library, uploaded sounds, readings, and who has listened to what.

-- A reusable announcement アナウンス. Flows hold copies (announcementId of their prompts); a change reaches callers by publishing them.
create table announcement (
  announcement_id text primary key,
  name text not null,
  -- AnnouncementContentSchema of @madoguchi/flow
  content jsonb not null,
  -- who speaks, as the voice's licence or the person wishes to be named
  voice_credit text not null,
  version integer not null default 1,       -- rises with each change
  changed_at timestamptz not null,
  changed_by text not null,                 -- people outlive no account: no foreign key
  removed_at timestamptz
);

-- All that an announcement has ever said, the present version too.
create table announcement_version (
  announcement_id text not null references announcement on delete cascade,
  version integer not null,
  name text not null,
  content jsonb not null,
  voice_credit text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (announcement_id, version)
);

-- A sound that staff uploaded or recorded; its telephone sound lies in the uploads folder under the same id.
create table uploaded_audio (
  audio_id text primary key,
  name text not null,
  duration_ms integer not null,
  level_db real not null,                   -- of speech before it was levelled, dB below full scale
  origin text not null check (origin in ('file', 'browser', 'telephone')),
  uploaded_at timestamptz not null,
  uploaded_by text not null
);

-- Who has listened to which words: publishing asks for it. content_hash: contentHash of packages/server/src/announcements.
create table heard_text (
  person_id text not null,
  content_hash text not null,
  heard_at timestamptz not null,
  primary key (person_id, content_hash)
);
create index heard_text_by_content on heard_text (content_hash);

alter table reading add column version integer not null default 1;
alter table reading add column changed_by text;

-- A clerk's own telephone is rung to listen to an announcement or to speak one.
create table desk_call (
  desk_call_id uuid primary key,
  person_id text not null,
  kind text not null check (kind in ('listen', 'record')),
  staff_number text not null,               -- national digits, as is the other
  presented_number text not null,
  heard jsonb,                              -- of listen: what is said (DeskHeardSchema)
  state text not null default 'ordered'
    check (state in ('ordered', 'ringing', 'listening', 'recording', 'reviewing', 'done', 'failed', 'unknown')),
  reason text,                              -- why it failed
  audio_id text,                            -- of record: the sound that was made
  created_at timestamptz not null,
  call_node text,                           -- the telephone process that claimed it, once
  ended_at timestamptz,
  stop_asked_at timestamptz
);
create unique index desk_call_one_open on desk_call (person_id)
  where state in ('ordered', 'ringing', 'listening', 'recording', 'reviewing');
create index desk_call_open on desk_call (created_at)
  where state in ('ordered', 'ringing', 'listening', 'recording', 'reviewing');
create index desk_call_by_person on desk_call (person_id, created_at desc);
