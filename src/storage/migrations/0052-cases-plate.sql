-- Up Migration
-- What was found about a plate before is asked at every match.
create index cases_plate on cases (plate_text) where plate_text is not null;
