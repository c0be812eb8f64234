import { sql } from 'kysely';
import { deadline } from '../law/index.js';
import type { Db } from '../storage/context.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When a frame is looked at again that is on the road, on hold, or of a case that stands. */
const ROAD_AGAIN_MS = HOUR;
const HOLD_AGAIN_MS = DAY;
const CASE_AGAIN_MS = 30 * DAY;

/**
 * Those of the frames that somebody needs, each with the instant up to which, at least. A frame that is not in it is free.
 *
 * The order of the questions matters, since judging goes on meanwhile: what has left the road by the first of them has its
 * violation in the same commit, which the second then sees. The other way round a frame could slip between the two.
 */
export async function neededUntil(
  db: Db,
  frameIds: readonly string[],
  policy: { readonly before: Date; readonly now: Date },
): Promise<Map<string, Date>> {
  const { before, now } = policy;
  const needed = new Map<string, Date>();
  const need = (id: string, until: Date): void => {
    if (until > now && until > (needed.get(id) ?? now)) needed.set(id, until);
  };
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  for (const id of await onTheRoad(db, frameIds)) need(id, after(ROAD_AGAIN_MS));
  for (const one of await ofViolations(db, frameIds))
    need(one.frameId, violationNeeds(one, before, now) ?? after(CASE_AGAIN_MS));
  for (const id of await onHold(db, frameIds)) need(id, after(HOLD_AGAIN_MS));
  return needed;
}

/** Frames that the tracker still remembers: their passage is not over, and nobody knows yet what it will be. */
async function onTheRoad(db: Db, frameIds: readonly string[]): Promise<string[]> {
  // The memory of a busy site is long: it is written out once, and not once a frame.
  const { rows } = await sql<{ id: string }>`
    with f as (select id, site_id from frames where id = any(${frameIds}::uuid[])),
    memory as materialized (
      select site_id, state::text as words from judging_state where site_id in (select site_id from f))
    select f.id from f join memory m using (site_id) where strpos(m.words, f.id::text) > 0`.execute(db);
  return rows.map((row) => row.id);
}

interface OfViolation {
  readonly frameId: string;
  readonly state: 'found' | 'matched' | 'dropped';
  readonly occurredAt: Date;
  readonly caseState: string | null;
  readonly expiresAt: Date | null;
  readonly updatedAt: Date | null;
}

/**
 * The frames of violations: what the evidence cites (and with it notice, PDF and the citizen's pictures), every frame of the
 * passage (the officer's film), and what the elements or the plate's reads name beside that. A passage is no longer than some
 * minutes, so that a day around the act has all of it.
 */
async function ofViolations(db: Db, frameIds: readonly string[]): Promise<OfViolation[]> {
  const { rows } = await sql<OfViolation>`
    with f as (select id, site_id, captured_at from frames where id = any(${frameIds}::uuid[])),
    cited as (
      select f.id as frame_id, v.id from f
      join violations v on v.evidence @> jsonb_build_array(jsonb_build_object('frameId', f.id::text))
      union
      select f.id, v.id from f
      join violations v on v.site_id = f.site_id
        and v.occurred_at between f.captured_at - interval '1 day' and f.captured_at + interval '1 day'
      join passages p on p.id = v.passage_id
      where case
        when f.captured_at between p.started_at - interval '1 second' and p.ended_at + interval '1 second'
          and strpos(p.track::text, f.id::text) > 0 then true
        when f.captured_at between least(p.started_at, p.root_started_at) - interval '15 minutes'
          and p.ended_at + interval '15 minutes'
          then strpos(concat(v.elements, p.plate), f.id::text) > 0
        else false end
    )
    select cited.frame_id as "frameId", v.state, v.occurred_at as "occurredAt",
      c.state as "caseState", c.expires_at as "expiresAt", c.updated_at as "updatedAt"
    from cited join violations v using (id) left join cases c on c.violation_id = v.id`.execute(db);
  return rows;
}

/**
 * Up to when a violation needs its frames; null: as long as its case stands. What was rejected or dropped is kept until the
 * limitation of the act has passed: as long can it be asked why, and the case be opened anew. And a rejection stands for as
 * long as the policy keeps pictures, so that it can be taken back.
 */
function violationNeeds(one: OfViolation, before: Date, now: Date): Date | null {
  if (one.caseState === null) return one.state === 'dropped' ? deadline('limitation', one.occurredAt) : null;
  if (one.caseState !== 'rejected' || one.expiresAt === null || one.updatedAt === null) return null;
  const settled = new Date(one.updatedAt.getTime() + (now.getTime() - before.getTime()));
  return settled > one.expiresAt ? settled : one.expiresAt;
}

/** By the camera's clock or by ours: one of the two may be wrong, and the hold is meant either way. */
async function onHold(db: Db, frameIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.id from frames f where f.id = any(${frameIds}::uuid[]) and exists (
      select 1 from legal_holds h where h.lifted_at is null and h.camera_id = f.camera_id
        and (f.captured_at between h.from_at and h.to_at or f.received_at between h.from_at and h.to_at))`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
