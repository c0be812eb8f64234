-- Up Migration
-- A decision taken back stays on record and counts no more.
alter table reviews add column undone_at timestamptz;

-- The plate's background as an officer stated it, where the picture alone could not tell white from yellow.
alter table cases add column stated_colour text check (stated_colour in ('white', 'yellow', 'blue'));

create index cases_disputed on cases (updated_at) where state = 'disputed';
create index responses_open on responses (case_id) where answered_at is null;
create index lookups_case on lookups (case_id);
