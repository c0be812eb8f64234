-- Up Migration
-- A try is written down before it is looked at, and taken back if it was right: it needs a name of its own.

alter table lookup_failures add column id uuid primary key default gen_random_uuid();
