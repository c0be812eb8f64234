import type { Db } from '../storage/context.js';

/** How a camera does: what an operator must hear before officers do. */
export type CameraHealth = 'ok' | 'suspended' | 'never-spoke' | 'silent' | 'clock-off' | 'refused';

export interface CameraState {
  readonly cameraId: string;
  readonly siteId: string;
  readonly health: CameraHealth;
  readonly lastSeenAt: Date | null;
  readonly clockOffsetMs: number | null;
}

const SILENT_MS = 120_000;
const CLOCK_MS = 2000;

/** The state of every camera, or of one site's, at an instant. */
export async function cameraHealth(db: Db, now: Date, siteId?: string): Promise<CameraState[]> {
  let query = db
    .selectFrom('cameras')
    .select(['id', 'site_id', 'state', 'last_seen_at', 'last_clock_offset_ms', 'last_refusal_at']);
  if (siteId !== undefined) query = query.where('site_id', '=', siteId);
  const rows = await query.orderBy('site_id').orderBy('id').execute();
  return rows.map((row) => ({
    cameraId: row.id,
    siteId: row.site_id,
    health: healthOf(row, now),
    lastSeenAt: row.last_seen_at,
    clockOffsetMs: row.last_clock_offset_ms,
  }));
}

interface CameraRow {
  readonly state: 'active' | 'suspended';
  readonly last_seen_at: Date | null;
  readonly last_clock_offset_ms: number | null;
  readonly last_refusal_at: Date | null;
}

/** The gravest first: what is suspended says nothing of its clock, and a camera that was never heard may be refused. */
export function healthOf(row: CameraRow, now: Date): CameraHealth {
  if (row.state === 'suspended') return 'suspended';
  const refused =
    row.last_refusal_at !== null && (row.last_seen_at === null || row.last_refusal_at > row.last_seen_at);
  if (refused) return 'refused';
  if (row.last_seen_at === null) return 'never-spoke';
  if (now.getTime() - row.last_seen_at.getTime() > SILENT_MS) return 'silent';
  return Math.abs(row.last_clock_offset_ms ?? 0) > CLOCK_MS ? 'clock-off' : 'ok';
}
