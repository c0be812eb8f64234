-- Up Migration
-- Why a frame was not judged: no signed version of its site holds its instant though a later one is in force, or its
-- camera has sent another picture of the very same instant.
alter table frames add column passed_over text check (passed_over in ('no-site-version', 'double'));

-- When the stay began of which a passage is a part: a replay begins before it.
alter table passages add column root_started_at timestamptz;

-- Where passages were ended by something else than frames: the cameras fell silent, or another version took over.
-- A replay ends them at the same places.
create table judging_ends (
  idx bigint generated always as identity primary key,
  site_id text not null,
  -- frames up to here were judged by then
  watermark timestamptz not null,
  -- what would have ended unseen by here was ended; null: everything, another version takes over
  unseen_to timestamptz,
  site_version int not null
);
create index judging_ends_site on judging_ends (site_id, watermark);
