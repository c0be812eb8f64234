-- Up Migration
-- What is asked again and again and grows without end.

-- At every notice, decision, dossier, matching and look into a digital account.
create index notices_case on notices (case_id);
create index reviews_case on reviews (case_id);
create index responses_case on responses (case_id);
create index violations_passage on violations (passage_id);
create index cases_digital_account on cases (digital_account) where digital_account is not null;

-- At every scrape of the metrics and turn of a chore: of many rows the few that are open.
create index deliveries_pending on deliveries (next_attempt_at) where state = 'pending';
create index payment_events_unassigned on payment_events (at) where outcome in ('unknown-reference', 'wrong-currency');
create index refunds_owed on refunds (created_at) where state = 'owed';
create index payments_open on payments (created_at) where state in ('created', 'expired');

-- Each minute the log is compared with the rows of the last day.
create index frames_received on frames (received_at);
create index violations_created on violations (created_at);
create index reviews_at on reviews (at);
create index reviews_undone on reviews (undone_at) where undone_at is not null;
create index notices_issued on notices (issued_at);
create index deliveries_delivered on deliveries (delivered_at) where state = 'delivered';
create index payments_paid on payments (paid_at) where paid_at is not null;
create index responses_answered on responses (answered_at) where answered_at is not null;

-- Jobs that are done are dropped after some days.
create index outbox_done on outbox (done_at) where done_at is not null;
