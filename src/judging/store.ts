import { sql } from 'kysely';
import { idOf } from '../core/ids.js';
import type { Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import type { Finding } from './finding.js';
import type { Judged } from './judge.js';
import { inWords, whyFired } from './messages.js';
import type { Passage } from './passage.js';
import { emptyState, type SiteState } from './tracking/state.js';

/** One judge a site at a time, until the transaction ends. */
export const lockSite = (db: Db, siteId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`judge ${siteId}`}, 0))`.execute(db);

export async function loadState(db: Db, siteId: string): Promise<SiteState> {
  const row = await db
    .selectFrom('judging_state')
    .select('state')
    .where('site_id', '=', siteId)
    .executeTakeFirst();
  return row === undefined ? emptyState(siteId) : (row.state as SiteState);
}

export async function saveState(db: Db, state: SiteState, now: Date): Promise<void> {
  const row = { watermark: new Date(state.watermark), state: JSON.stringify(state), updated_at: now };
  await db
    .insertInto('judging_state')
    .values({ site_id: state.siteId, ...row })
    .onConflict((c) => c.column('site_id').doUpdateSet(row))
    .execute();
}

/** Forgets the vehicles that are on the road just now, where the geometry that they were measured by is wrong. */
export async function forgetTracks(trx: Db, siteId: string, now: Date): Promise<void> {
  await lockSite(trx, siteId);
  const state = await loadState(trx, siteId);
  if (state.tracks.length + state.left.length === 0) return;
  await saveState(trx, { ...state, tracks: [], left: [] }, now);
}

/** Notes that frames are judged, in time or too late. */
export async function markJudged(
  db: Db,
  frameIds: readonly string[],
  now: Date,
  late: boolean,
): Promise<void> {
  if (frameIds.length === 0) return;
  await db
    .updateTable('frames')
    .set({ judged_at: now, judged_late: late })
    .where('id', 'in', frameIds)
    .execute();
}

/** Stores what was judged and asks for each new violation to be matched, all in the caller's transaction. Returns the new violations. */
export async function storeJudged(db: Db, judged: readonly Judged[]): Promise<string[]> {
  const made: string[] = [];
  for (const { passage, findings } of judged) {
    await storePassage(db, passage);
    for (const finding of findings) {
      const id = await storeViolation(db, passage, finding);
      if (id !== null) made.push(id);
    }
  }
  return made;
}

async function storePassage(db: Db, passage: Passage): Promise<void> {
  await db
    .insertInto('passages')
    .values({
      id: passage.id,
      site_id: passage.siteId,
      site_version: passage.siteVersion,
      started_at: new Date(passage.startedAt),
      ended_at: new Date(passage.endedAt),
      kind: passage.kind,
      body_colour: passage.bodyColour,
      plate_text: acceptedText(passage),
      plate: passage.plate === null ? null : JSON.stringify(passage.plate),
      track: JSON.stringify(trackOf(passage)),
      root_started_at: passage.rootStartedAt === undefined ? null : new Date(passage.rootStartedAt),
    })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}

/** As `passages.track` keeps it: what was seen, where, and where that is on the road. */
function trackOf(passage: Passage) {
  return passage.points.map((point) => ({
    frameId: point.frameId,
    observationId: idOf('observation', point.frameId, point.idx),
    cameraId: point.cameraId,
    at: new Date(point.at).toISOString(),
    box: point.box,
    road: point.centre,
    lane: point.lane,
    kmh: Math.round(Math.hypot(...point.velocity) * 36) / 10,
  }));
}

async function storeViolation(
  db: Db,
  passage: Passage,
  finding: Finding & { actKey: string },
): Promise<string | null> {
  const shas = await shasOf(
    db,
    finding.evidence.map((one) => one.frameId),
  );
  const id = idOf('violation', finding.actKey);
  const inserted = await db
    .insertInto('violations')
    .values({
      id,
      passage_id: passage.id,
      site_id: passage.siteId,
      site_version: passage.siteVersion,
      rule: finding.rule,
      law_code: finding.lawCode,
      law_version: finding.lawVersion,
      occurred_at: new Date(finding.occurredAt),
      plate_text: acceptedText(passage),
      act_key: finding.actKey,
      elements: JSON.stringify(
        finding.elements.map((one) => ({ ...one, vi: inWords(one, 'vi'), en: inWords(one, 'en') })),
      ),
      measured: JSON.stringify(finding.measured),
      evidence: JSON.stringify(
        finding.evidence.map((one) => ({ ...one, sha256: shas.get(one.frameId) ?? null })),
      ),
      why_vi: whyFired(finding, 'vi'),
      why_en: whyFired(finding, 'en'),
    })
    .onConflict((c) => c.column('act_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) return null;
  await enqueue(db, 'match', id);
  await enqueue(db, 'seal', `violation/${id}`);
  return id;
}

async function shasOf(db: Db, frameIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('frames').select(['id', 'sha256']).where('id', 'in', frameIds).execute();
  return new Map(rows.map((row) => [row.id, row.sha256]));
}

/** A text that the frames do not agree on is no text: nobody may look it up. */
const acceptedText = (passage: Passage): string | null =>
  passage.plate?.accepted === true ? passage.plate.text : null;
