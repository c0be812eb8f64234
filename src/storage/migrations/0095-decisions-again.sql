-- Up Migration
-- A decision that was recorded wrongly is recorded once more. The former row stays as it was sealed, and says who corrected
-- it and why; it no longer counts. Once the owner has received it, it is not corrected.
alter table penalty_decisions
  add column corrects uuid unique references penalty_decisions (id),
  add column corrected_at timestamptz,
  add column corrected_by uuid references officers (id),
  add column correction_reason text,
  add constraint penalty_decisions_corrected_whole
    check (num_nulls(corrected_at, corrected_by, correction_reason) in (0, 3)),
  add constraint penalty_decisions_received_stands check (corrected_at is null or received_on is null),
  drop constraint penalty_decisions_case_id_key,
  drop constraint penalty_decisions_number_key;
-- One decision a case, and one case a number, of those that count.
create unique index penalty_decisions_case on penalty_decisions (case_id) where corrected_at is null;
create unique index penalty_decisions_number on penalty_decisions (number) where corrected_at is null;
create index penalty_decisions_former on penalty_decisions (case_id) where corrected_at is not null;
create index penalty_decisions_corrected on penalty_decisions (corrected_at) where corrected_at is not null;

-- 'partial': it had paid off the provisional amount, and then a decision fixed more.
alter table payments drop constraint payments_state_check,
  add constraint payments_state_check check (state in ('created', 'paid', 'partial', 'failed', 'expired', 'refunded'));

-- 'counted': what was to go back by a decision that was then corrected counts towards the fine after all.
alter table refunds
  add column penalty_id uuid references penalty_decisions (id),
  drop constraint refunds_state_check,
  add constraint refunds_state_check check (state in ('owed', 'sent', 'counted'));

-- The sum that is printed on it; what counts towards the fine may change afterwards.
alter table receipts add column total bigint;
