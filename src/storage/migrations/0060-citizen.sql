-- Up Migration
-- Failed look-ups on the portal, by caller and by notice number, so that every process knows them. Old rows are dropped.

create table lookup_failures (
  subject text not null,
  at timestamptz not null
);
create index lookup_failures_subject on lookup_failures (subject, at);
create index lookup_failures_at on lookup_failures (at);
