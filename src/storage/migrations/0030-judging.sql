-- Up Migration
-- When a frame was judged; `judged_late` where it came behind the watermark and was left out.
alter table frames add column judged_at timestamptz;
alter table frames add column judged_late boolean not null default false;
create index frames_unjudged on frames (site_id, captured_at) where judged_at is null;

-- A version of a site is never changed: it is signed off once, and it is never taken away.
create function site_versions_stand() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'site versions are never deleted';
  end if;
  if (new.site_id, new.version, new.valid_from, new.sha256) is distinct from (old.site_id, old.version, old.valid_from, old.sha256)
    or new.body is distinct from old.body
    or (old.signed_off_by is not null and new.signed_off_by is distinct from old.signed_off_by) then
    raise exception 'site versions are never changed';
  end if;
  return new;
end $$;
create trigger site_versions_stand before update or delete on site_versions
  for each row execute function site_versions_stand();
