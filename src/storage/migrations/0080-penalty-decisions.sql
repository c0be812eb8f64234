-- Up Migration
-- The penalty decision (quyết định xử phạt) of a case, as an officer recorded it from the agency's own system, where it was
-- made and signed. One case has one at most. Late interest runs from the day on which the owner received it, and from no
-- other; that day may be told later than the rest, and is told once.
create table penalty_decisions (
  id uuid primary key,
  case_id uuid not null unique references cases (id),
  notice_id uuid not null references notices (id),
  -- as the agency's system numbered it
  number text not null unique,
  amount bigint not null check (amount > 0),
  signer_name text not null,
  signer_rank text not null,
  -- what the decision says moved the amount off the middle of the range
  mitigating text,
  aggravating text,
  issued_on date not null,
  recorded_by uuid not null references officers (id),
  recorded_at timestamptz not null,
  received_on date check (received_on >= issued_on),
  receipt_recorded_by uuid references officers (id),
  receipt_recorded_at timestamptz,
  check (num_nulls(received_on, receipt_recorded_by, receipt_recorded_at) in (0, 3))
);

-- Each minute the log is compared with the rows of the last day.
create index penalty_decisions_recorded on penalty_decisions (recorded_at);
create index penalty_decisions_received on penalty_decisions (receipt_recorded_at) where receipt_recorded_at is not null;
