import type { Db } from '../storage/context.js';
import type { FrameReading } from '../vision/observation.js';
import { claimsOf, type SeenFrame, type SeenVehicle } from './frame.js';

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

/** The oldest frames of a site that nobody judged yet, up to an instant; those set aside count as seen empty. */
export async function unjudgedFrames(
  db: Db,
  siteId: string,
  until: Date,
  limit: number,
): Promise<SeenFrame[]> {
  const rows = await db
    .selectFrom('frames')
    .select(COLUMNS)
    .where('site_id', '=', siteId)
    .where('judged_at', 'is', null)
    .where('state', 'in', ['read', 'set_aside'])
    .where('captured_at', '<=', until)
    .orderBy('captured_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return seenFrames(db, rows);
}

/** All read frames of a site within two instants, for a replay. */
export async function framesBetween(db: Db, siteId: string, from: Date, to: Date): Promise<SeenFrame[]> {
  const rows = await db
    .selectFrom('frames')
    .select(COLUMNS)
    .where('site_id', '=', siteId)
    .where('state', '=', 'read')
    .where('judged_late', '=', false)
    .where('captured_at', '>=', from)
    .where('captured_at', '<=', to)
    .orderBy('captured_at')
    .orderBy('id')
    .execute();
  return seenFrames(db, rows);
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
