-- Up Migration
-- Money that came in and what became of it: applied + refunded = received.

alter table payment_events add column applied bigint not null default 0 check (applied >= 0);
alter table payment_events add column paid_at timestamptz;
create index payment_events_payment on payment_events (payment_id);

create table refunds (
  id uuid primary key,
  payment_id uuid not null references payments (id),
  gateway_event_id text references payment_events (gateway_event_id),
  amount bigint not null check (amount > 0),
  reason text not null check (reason in ('over', 'duplicate', 'void')),
  state text not null default 'owed' check (state in ('owed', 'sent')),
  created_at timestamptz not null,
  sent_at timestamptz
);
create index refunds_payment on refunds (payment_id);
