-- Up Migration
-- Fingerprints of the keys with which this database was first opened: a box with others must not work on it.
create table house_keys (
  name text primary key,
  fingerprint text not null,
  at timestamptz not null default now()
);
