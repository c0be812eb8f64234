-- Up Migration
-- Postgres is the truth: every queue can be emptied and rebuilt from these rows.

create table site_versions (
  site_id text not null,
  version int not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  signed_off_by text,
  signed_off_at timestamptz,
  body jsonb not null,
  sha256 text not null,
  created_at timestamptz not null default now(),
  primary key (site_id, version)
);

create table cameras (
  id text primary key,
  site_id text not null,
  name text not null,
  -- HMAC secret, sealed with the key of the data folder
  secret_sealed bytea not null,
  family text not null default 'edge',
  state text not null default 'active' check (state in ('active', 'suspended')),
  last_seen_at timestamptz,
  last_clock_offset_ms int,
  last_refusal_at timestamptz,
  created_at timestamptz not null default now()
);

create table frames (
  id uuid primary key,
  camera_id text not null references cameras (id),
  site_id text not null,
  sequence bigint not null,
  captured_at timestamptz not null,
  received_at timestamptz not null,
  clock_offset_ms int not null,
  sha256 text not null,
  bytes int not null,
  content_type text not null,
  -- verbatim request headers, as [name, value] pairs in their order
  headers jsonb not null,
  -- what the camera claims beside the picture: speed, lane, signal state, plate, codes
  claims jsonb not null default '{}',
  state text not null default 'received' check (state in ('received', 'read', 'set_aside')),
  attempts int not null default 0,
  set_aside_reason text,
  read_at timestamptz,
  reading jsonb,
  -- the same push of the same frame is the same row
  unique (camera_id, captured_at, sequence)
);
create index frames_open on frames (received_at) where state = 'received';
create index frames_site_time on frames (site_id, captured_at);

create table refusals (
  id uuid primary key,
  at timestamptz not null,
  camera_id text,
  code text not null,
  detail text not null,
  remote text,
  headers jsonb,
  sha256 text
);
create index refusals_at on refusals (at);

-- A signed request may be used once; rows older than the allowed clock difference are dropped.
create table seen_signatures (
  camera_id text not null,
  signature text not null,
  at timestamptz not null,
  primary key (camera_id, signature)
);

create table observations (
  id uuid primary key,
  frame_id uuid not null references frames (id),
  site_id text not null,
  camera_id text not null,
  captured_at timestamptz not null,
  idx int not null,
  kind text not null,
  box jsonb not null,
  score real not null,
  body_colour text not null,
  plate jsonb,
  unique (frame_id, idx)
);
create index observations_site_time on observations (site_id, captured_at);

-- The tracker's memory of each site, moved forward in the same transaction as the passages it closed.
create table judging_state (
  site_id text primary key,
  watermark timestamptz not null,
  state jsonb not null,
  updated_at timestamptz not null default now()
);

create table passages (
  id uuid primary key,
  site_id text not null,
  site_version int not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  kind text not null,
  body_colour text not null,
  plate_text text,
  plate jsonb,
  -- ordered [{frameId, observationId, at, box, road}] that made it
  track jsonb not null,
  created_at timestamptz not null default now()
);
create index passages_site_time on passages (site_id, started_at);
create index passages_plate on passages (plate_text, started_at) where plate_text is not null;

create table violations (
  id uuid primary key,
  passage_id uuid not null references passages (id),
  site_id text not null,
  site_version int not null,
  rule text not null,
  law_code text not null,
  law_version text not null,
  occurred_at timestamptz not null,
  plate_text text,
  -- one act is one violation, however many frames or cameras saw it
  act_key text not null unique,
  -- [{element, holds, value, frames}] in the order of the law
  elements jsonb not null,
  measured jsonb not null default '{}',
  -- [{frameId, sha256, role}] that prove it
  evidence jsonb not null,
  why_vi text not null,
  why_en text not null,
  state text not null default 'found' check (state in ('found', 'matched', 'dropped')),
  drop_reason text,
  created_at timestamptz not null default now()
);
create index violations_found on violations (created_at) where state = 'found';

create table officers (
  id uuid primary key,
  username text not null unique,
  name text not null,
  rank text not null,
  unit text not null,
  role text not null check (role in ('reviewer', 'signer', 'operator')),
  password_hash text not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);

create table cases (
  id uuid primary key,
  violation_id uuid not null unique references violations (id),
  state text not null,
  plate_text text,
  plate_colour text,
  law_code text not null,
  occurred_at timestamptz not null,
  site_id text not null,
  -- what keeps it from being confirmed as it is: [{code, detail}]
  holds jsonb not null default '[]',
  -- the register's answer on the vehicle as of the violation instant (no personal data)
  vehicle jsonb,
  -- the owner, sealed
  owner_sealed bytea,
  owner_kind text check (owner_kind in ('person', 'organisation')),
  digital_account text,
  notice_due_at timestamptz not null,
  expires_at timestamptz not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index cases_queue on cases (state, notice_due_at);

create table case_events (
  case_id uuid not null references cases (id),
  seq int not null,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  from_state text,
  to_state text,
  data jsonb not null default '{}',
  primary key (case_id, seq)
);

create table reviews (
  id uuid primary key,
  case_id uuid not null references cases (id),
  officer_id uuid not null references officers (id),
  decision text not null check (decision in ('confirm', 'reject')),
  reason text,
  note text,
  opened_at timestamptz,
  at timestamptz not null
);

create table lookups (
  id uuid primary key,
  at timestamptz not null,
  actor text not null,
  purpose text not null,
  case_id uuid,
  kind text not null check (kind in ('vehicle', 'owner', 'owner-shown')),
  plate_text text not null,
  as_of timestamptz not null,
  outcome text not null
);

create table counters (
  name text primary key,
  value bigint not null
);

create table notices (
  id uuid primary key,
  number text not null unique,
  case_id uuid not null references cases (id),
  violation_id uuid not null references violations (id),
  kind text not null,
  issued_at timestamptz not null,
  body jsonb not null,
  body_sealed bytea,
  fine_min bigint not null,
  fine_max bigint not null,
  fine_default bigint not null,
  points int not null,
  pdf_sha256 text not null,
  verify_code text not null unique,
  signature text not null,
  -- exactly one notice a violation
  unique (violation_id, kind)
);

create table deliveries (
  id uuid primary key,
  notice_id uuid not null unique references notices (id),
  state text not null default 'pending' check (state in ('pending', 'delivered')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null,
  last_error text,
  proof jsonb,
  delivered_at timestamptz,
  read_at timestamptz
);

create table responses (
  id uuid primary key,
  case_id uuid not null references cases (id),
  kind text not null,
  text text not null,
  attachments jsonb not null default '[]',
  at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references officers (id),
  answer text,
  outcome text
);

create table payments (
  id uuid primary key,
  notice_id uuid not null references notices (id),
  attempt int not null,
  amount bigint not null,
  reference text not null unique,
  qr text not null,
  gateway_id text unique,
  state text not null default 'created' check (state in ('created', 'paid', 'failed', 'expired', 'refunded')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  paid_amount bigint,
  unique (notice_id, attempt)
);

create table payment_events (
  gateway_event_id text primary key,
  payment_id uuid references payments (id),
  at timestamptz not null,
  outcome text not null,
  body jsonb not null
);

create table receipts (
  id uuid primary key,
  number text not null unique,
  payment_id uuid not null unique references payments (id),
  issued_at timestamptz not null,
  pdf_sha256 text not null,
  verify_code text not null unique
);

-- The evidence log: an append-only Merkle tree (RFC 6962).
create table log_leaves (
  idx bigint primary key,
  kind text not null,
  subject text not null,
  entry jsonb not null,
  leaf_hash text not null,
  at timestamptz not null,
  unique (kind, subject)
);

create table log_heads (
  size bigint primary key,
  root text not null,
  at timestamptz not null,
  signature text not null,
  key_id text not null
);

-- Jobs that a state change causes, written in its transaction and handed to the queue afterwards.
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  not_before timestamptz,
  created_at timestamptz not null default now(),
  dispatched_at timestamptz,
  -- set when the handler has succeeded or the job was set aside; a dispatched row without it can always be sent again
  done_at timestamptz
);
create index outbox_waiting on outbox (id) where dispatched_at is null;
create index outbox_open on outbox (topic, key) where done_at is null;

-- Jobs that failed for good, with the reason, for the operator.
create table set_aside (
  topic text not null,
  key text not null,
  at timestamptz not null,
  reason text not null,
  primary key (topic, key)
);
