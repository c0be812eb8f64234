-- Up Migration
-- Pictures that no case needs are let go by a stated policy (src/retention). A frame's row stays for ever, with its SHA-256.

-- What was let go, by which policy: the certificate. Each is a leaf of the evidence log.
create table deletion_records (
  id uuid primary key,
  at timestamptz not null,
  policy_hours int not null check (policy_hours > 0),
  frames int not null check (frames > 0),
  bytes bigint not null,
  -- of its frames, the first and the last to come
  received_from timestamptz not null,
  received_to timestamptz not null,
  -- over the ids and SHA-256s of its frames (src/evidence/deletions.ts)
  digest text not null
);
create index deletion_records_at on deletion_records (at);

-- Bytes whose frames were let go and that are to be taken from the blob store, unless something else names them.
create table blobs_to_remove (
  sha256 text primary key,
  since timestamptz not null
);
create index blobs_to_remove_since on blobs_to_remove (since);

-- An officer's word that every frame of a camera and a time stays, whatever the policy.
create table legal_holds (
  id uuid primary key,
  camera_id text not null references cameras (id),
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  reason text not null,
  officer_id uuid not null references officers (id),
  at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid references officers (id),
  lift_reason text,
  check ((lifted_at is null) = (lifted_by is null))
);
create index legal_holds_standing on legal_holds (camera_id) where lifted_at is null;

alter table frames
  add column let_go_at timestamptz,
  add column deletion_id uuid references deletion_records (id),
  -- found to be needed, and not to be looked at before this
  add column look_again_at timestamptz,
  add constraint frames_let_go_on_record check ((let_go_at is null) = (deletion_id is null));
create index frames_deletion on frames (deletion_id) where deletion_id is not null;
-- Frames that are judged and were never looked at; ingest writes nothing here.
create index frames_to_look_at on frames (received_at)
  where let_go_at is null and look_again_at is null and state = 'read' and judged_at is not null;
create index frames_look_again on frames (look_again_at) where let_go_at is null and look_again_at is not null;

-- Who else names the same bytes.
create index frames_sha256 on frames using hash (sha256);
create index responses_attachments on responses using gin (attachments jsonb_path_ops);
create index notices_pdf on notices (pdf_sha256);
create index receipts_pdf on receipts (pdf_sha256);
-- The lock of bytes: who is about to name them shares it, who removes them has it alone.
create function blob_lock(name text) returns bigint language sql immutable
  return hashtextextended('blob ' || name, 0);
-- Takes it to name bytes, and says whether they were let go before. One round trip, and still two statements: the second
-- looks at the rows as they are once the lock is there.
create function hold_blob(name text) returns boolean language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(blob_lock(name));
  return exists (select 1 from frames where sha256 = name and let_go_at is not null);
end $$;
-- Which violation a frame belongs to.
create index violations_evidence on violations using gin (evidence jsonb_path_ops);
create index violations_site_time on violations (site_id, occurred_at);
