import { z } from 'zod';
import { box, type Box } from '../core/box.js';
import type { Db } from '../storage/context.js';
import type { CaseRecord } from './record.js';

/** One frame of the passage: the picture as it was pushed, by its hash, and where the vehicle is in it. */
export interface FilmFrame {
  readonly frameId: string;
  readonly sha256: string;
  readonly cameraId: string;
  readonly capturedAt: string;
  readonly clockOffsetMs: number;
  /** When its picture was let go by the retention policy; null while it is kept. */
  readonly letGoAt: string | null;
  /** What it proves; none for a frame that only belongs to the passage. */
  readonly roles: readonly string[];
  readonly box: Box | null;
  readonly plate: {
    readonly text: string;
    readonly confidence: number;
    readonly accepted: boolean;
    readonly box: Box;
  } | null;
}

/** Frames beside the evidence, so that a stay of minutes does not become a thousand pictures. */
const MOST = 24;

const step = z.object({
  frameId: z.string(),
  idx: z.number().optional(),
  observationId: z.string().optional(),
  box: box.optional(),
});
const plateRead = z.object({ text: z.string(), confidence: z.number(), accepted: z.boolean(), box });

/** The frames of a passage, thinned evenly, with all of the evidence, in order of time. */
export async function filmOf(db: Db, record: Pick<CaseRecord, 'evidence' | 'track'>): Promise<FilmFrame[]> {
  const steps = z.array(step).catch([]).parse(record.track);
  const kept = new Set([
    ...record.evidence.map((frame) => frame.frameId),
    ...thinned(
      steps.map((one) => one.frameId),
      MOST,
    ),
  ]);
  if (kept.size === 0) return [];
  const frames = await db
    .selectFrom('frames')
    .select(['id', 'sha256', 'camera_id', 'captured_at', 'clock_offset_ms', 'let_go_at'])
    .where('id', 'in', [...kept])
    .orderBy('captured_at')
    .orderBy('camera_id')
    .execute();
  const observations = await db
    .selectFrom('observations')
    .select(['id', 'frame_id', 'idx', 'box', 'plate'])
    .where('frame_id', 'in', [...kept])
    .execute();
  return frames.map((frame) => {
    const here = steps.find((one) => one.frameId === frame.id);
    const seen = observations.find(
      (one) => one.frame_id === frame.id && here && (one.id === here.observationId || one.idx === here.idx),
    );
    return {
      frameId: frame.id,
      sha256: frame.sha256,
      cameraId: frame.camera_id,
      capturedAt: frame.captured_at.toISOString(),
      clockOffsetMs: frame.clock_offset_ms,
      letGoAt: frame.let_go_at?.toISOString() ?? null,
      roles: record.evidence.filter((one) => one.frameId === frame.id).map((one) => one.role),
      box: box.safeParse(seen?.box).data ?? here?.box ?? null,
      plate: plateRead.safeParse(seen?.plate).data ?? null,
    };
  });
}

function thinned(ids: readonly string[], most: number): string[] {
  if (ids.length <= most) return [...ids];
  return Array.from({ length: most }, (_, i) => ids[Math.round((i * (ids.length - 1)) / (most - 1))]!);
}
