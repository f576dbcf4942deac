-- People who work with the admin page. The first five tables are what better-auth wants for accounts/auth-options.ts, kept here so
-- that all tables have one history; accounts/schema-drift.real.test.ts fails when a new better-auth wants something else.

create table person (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null,
  image text,
  -- what the role may do: accounts/rights.ts
  role text not null check (role in ('administrator', 'staff')),
  -- may not sign in; open sessions and streams end
  suspended boolean not null,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);

create table person_session (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  user_id text not null references person (id) on delete cascade
);
create index person_session_user_id_idx on person_session (user_id);

-- How a person proves who they are; today only a password (provider 'credential').
create table person_credential (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references person (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null
);
create index person_credential_user_id_idx on person_credential (user_id);

create table person_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
create index person_verification_identifier_idx on person_verification (identifier);

-- Requests per address and path.
create table rate_limit (
  id text primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

-- Ours: wrong passwords in a row per account, known or not (accounts/sign-in-lock.ts).
create table sign_in_lock (
  email_sha256 text primary key,
  failures integer not null,
  last_attempt_at timestamptz not null,
  locked_until timestamptz
);

-- Who did what, to what, when, from where. Outlives the people: no foreign key.
create table audit_log (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null,
  user_id text,
  action text not null,
  subject text not null,
  address text,
  detail jsonb not null default '{}'
);
create index audit_log_by_time on audit_log (at desc);
create index audit_log_by_subject on audit_log (subject, at desc);
