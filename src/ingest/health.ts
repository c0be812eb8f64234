import { sql } from 'kysely';
import type { Db } from '../storage/context.js';

/** What is wrong with a camera, worst first. A camera with none is well. */
export type CameraTrouble = 'never-spoke' | 'silent' | 'no-pictures' | 'refused' | 'clock-drift' | 'late';

export interface CameraSigns {
  readonly state: 'active' | 'suspended';
  readonly lastSeenAt: Date | null;
  readonly lastClockOffsetMs: number | null;
  readonly lastRefusalAt: Date | null;
  /** The newest frame by its capture instant. */
  readonly lastFrame: { readonly capturedAt: Date; readonly receivedAt: Date } | null;
}

export interface HealthLimits {
  readonly silentMs: number;
  readonly noPicturesMs: number;
  readonly driftMs: number;
  readonly lateMs: number;
}

/** A heartbeat is due each minute; a site's own clock tolerance is 2 s unless its version says otherwise. */
export const HEALTH_LIMITS: HealthLimits = {
  silentMs: 180_000,
  noPicturesMs: 900_000,
  driftMs: 2000,
  lateMs: 60_000,
};

/** Judges the signs of one camera at `now`. Pure. */
export function troublesOf(
  signs: CameraSigns,
  now: Date,
  limits: HealthLimits = HEALTH_LIMITS,
): CameraTrouble[] {
  if (signs.state === 'suspended') return [];
  const { lastSeenAt: seen, lastRefusalAt: refused, lastFrame: frame } = signs;
  const age = (at: Date): number => now.getTime() - at.getTime();
  const recentlyRefused = refused !== null && (seen === null || refused > seen) ? (['refused'] as const) : [];
  if (seen === null) return ['never-spoke', ...recentlyRefused];
  const troubles: CameraTrouble[] = [];
  if (age(seen) > limits.silentMs) troubles.push('silent');
  else if (frame === null || age(frame.receivedAt) > limits.noPicturesMs) troubles.push('no-pictures');
  troubles.push(...recentlyRefused);
  if (Math.abs(signs.lastClockOffsetMs ?? 0) > limits.driftMs) troubles.push('clock-drift');
  if (frame !== null && frame.receivedAt.getTime() - frame.capturedAt.getTime() > limits.lateMs)
    troubles.push('late');
  return troubles;
}

export interface CameraHealth extends CameraSigns {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly family: string;
  readonly frames: number;
  readonly troubles: readonly CameraTrouble[];
}

/** Every camera with its signs and troubles, those in trouble first. `frames` counts the last 24 hours. */
export async function cameraHealth(
  db: Db,
  now: Date,
  limits: HealthLimits = HEALTH_LIMITS,
): Promise<CameraHealth[]> {
  const { rows } = await sql<Row>`
    select c.id, c.name, c.site_id, c.family, c.state, c.last_seen_at, c.last_clock_offset_ms, c.last_refusal_at,
           f.captured_at, f.received_at,
           (select count(*) from frames n where n.camera_id = c.id and n.captured_at > ${new Date(now.getTime() - 86_400_000)}) as frames
    from cameras c
    left join lateral (
      select captured_at, received_at from frames where camera_id = c.id order by captured_at desc limit 1
    ) f on true
    order by c.id`.execute(db);
  return rows
    .map((row) => healthOf(row, now, limits))
    .sort((a, b) => Number(b.troubles.length > 0) - Number(a.troubles.length > 0));
}

interface Row {
  id: string;
  name: string;
  site_id: string;
  family: string;
  state: 'active' | 'suspended';
  last_seen_at: Date | null;
  last_clock_offset_ms: number | null;
  last_refusal_at: Date | null;
  captured_at: Date | null;
  received_at: Date | null;
  frames: number;
}

function healthOf(row: Row, now: Date, limits: HealthLimits): CameraHealth {
  const signs: CameraSigns = {
    state: row.state,
    lastSeenAt: row.last_seen_at,
    lastClockOffsetMs: row.last_clock_offset_ms,
    lastRefusalAt: row.last_refusal_at,
    lastFrame:
      row.captured_at === null || row.received_at === null
        ? null
        : { capturedAt: row.captured_at, receivedAt: row.received_at },
  };
  return {
    ...signs,
    id: row.id,
    name: row.name,
    siteId: row.site_id,
    family: row.family,
    frames: Number(row.frames),
    troubles: troublesOf(signs, now, limits),
  };
}
