-- Up Migration
-- An officer's second factor: the sealed secret of a one-time code (RFC 6238), and the last step used, so that a code is
-- good once. `sessions_from`: whatever was signed in before is signed out.
alter table officers add column totp_sealed bytea;
alter table officers add column totp_step bigint not null default 0;
alter table officers add column sessions_from timestamptz not null default '-infinity';
