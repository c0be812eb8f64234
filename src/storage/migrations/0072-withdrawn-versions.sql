-- Up Migration
-- Versions of a site that turned out to be wrong. From this row on nothing is judged, matched, confirmed or told by them.
create table withdrawn_versions (
  site_id text not null,
  version int not null,
  at timestamptz not null,
  officer_id uuid not null references officers (id),
  reason text not null,
  primary key (site_id, version),
  foreign key (site_id, version) references site_versions (site_id, version)
);
