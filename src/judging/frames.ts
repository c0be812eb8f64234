import type { SelectQueryBuilder } from 'kysely';
import type { Db } from '../storage/context.js';
import type { Database } from '../storage/schema.js';
import type { FrameReading } from '../vision/observation.js';
import { claimsOf, type SeenFrame, type SeenVehicle } from './frame.js';

/** Frames that are judged at once: a long backlog is taken in pieces, each of which stands. */
const PORTION = 300;
/** A frame set aside shows nothing; what its camera claims with it counts, and its time has passed. */
const DONE = ['read', 'set_aside'] as const;

interface FrameRow {
  id: string;
  camera_id: string;
  captured_at: Date;
  sequence: number;
  clock_offset_ms: number;
  claims: unknown;
  reading: unknown;
}

const COLUMNS = [
  'id',
  'camera_id',
  'captured_at',
  'sequence',
  'clock_offset_ms',
  'claims',
  'reading',
] as const;

/** The oldest of the frames that were asked for. Frames of one instant are never parted, or the second of two cameras would be late. */
export interface Portion {
  readonly frames: readonly SeenFrame[];
  /** All frames up to here are in it (epoch ms); null where these are all. */
  readonly cut: number | null;
  /** Cameras have sent more pictures of this instant than are taken at once; one of each is in it. */
  readonly doubles: boolean;
}

/** Frames of a site that nobody judged yet, up to an instant. */
export const unjudgedFrames = (db: Db, siteId: string, until: Date): Promise<Portion> =>
  portionOf(db, framesOf(db, siteId).where('judged_at', 'is', null).where('captured_at', '<=', until));

/** The frames that were judged, after an instant and up to another: what a replay sees is what judging saw. */
export const judgedFrames = (db: Db, siteId: string, after: Date, until: Date): Promise<Portion> =>
  portionOf(
    db,
    framesOf(db, siteId)
      .where('judged_at', 'is not', null)
      .where('judged_late', '=', false)
      .where('passed_over', 'is', null)
      .where('captured_at', '>', after)
      .where('captured_at', '<=', until),
  );

/** Notes that the frames up to an instant, as far as they are read, are left unjudged, and why. Says how many. */
export async function passOver(
  db: Db,
  siteId: string,
  until: Date,
  reason: 'no-site-version' | 'double',
  now: Date,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('frames')
    .set({ judged_at: now, passed_over: reason })
    .where('site_id', '=', siteId)
    .where('judged_at', 'is', null)
    .where('state', 'in', DONE)
    .where('captured_at', '<=', until)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

type Frames = SelectQueryBuilder<Database, 'frames', FrameRow>;

const framesOf = (db: Db, siteId: string): Frames =>
  db.selectFrom('frames').select(COLUMNS).where('site_id', '=', siteId).where('state', 'in', DONE);

async function portionOf(db: Db, frames: Frames): Promise<Portion> {
  const rows = await frames.orderBy('captured_at').orderBy('id').limit(PORTION).execute();
  if (rows.length < PORTION) return { frames: await seenFrames(db, rows), cut: null, doubles: false };
  const [first, last] = [rows[0]!.captured_at, rows.at(-1)!.captured_at];
  const before = rows.filter((row) => row.captured_at < last);
  if (before.length > 0)
    return { frames: await seenFrames(db, before), cut: last.getTime() - 1, doubles: false };
  // A capture clock that stands still: all its pictures are of one instant, and the tracker takes one of each camera.
  const each = await frames
    .where('captured_at', '=', first)
    .distinctOn('camera_id')
    .orderBy('camera_id')
    .orderBy('sequence')
    .orderBy('id')
    .execute();
  return { frames: await seenFrames(db, each), cut: first.getTime(), doubles: true };
}

async function seenFrames(db: Db, rows: readonly FrameRow[]): Promise<SeenFrame[]> {
  if (rows.length === 0) return [];
  const observations = await db
    .selectFrom('observations')
    .select(['frame_id', 'idx', 'kind', 'box', 'score', 'body_colour', 'plate'])
    .where(
      'frame_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('idx')
    .execute();
  const byFrame = new Map<string, SeenVehicle[]>();
  for (const row of observations) {
    const seen = {
      idx: row.idx,
      kind: row.kind,
      box: row.box,
      // `real` holds seven digits; what was stored from a double comes back with more noise than that.
      score: Math.round(row.score * 1e6) / 1e6,
      bodyColour: row.body_colour,
      plate: row.plate,
    } as SeenVehicle;
    byFrame.set(row.frame_id, [...(byFrame.get(row.frame_id) ?? []), seen]);
  }
  return rows.map((row) => ({
    id: row.id,
    cameraId: row.camera_id,
    at: row.captured_at.getTime(),
    sequence: row.sequence,
    clockOffsetMs: row.clock_offset_ms,
    ...sizeOf(row.reading),
    observations: byFrame.get(row.id) ?? [],
    lamps: (row.reading as Partial<FrameReading> | null)?.lamps ?? [],
    claims: claimsOf(row.claims),
  }));
}

function sizeOf(reading: unknown): Pick<SeenFrame, 'size'> {
  const { width, height } = (reading ?? {}) as Partial<FrameReading>;
  return width === undefined || height === undefined ? {} : { size: { width, height } };
}
