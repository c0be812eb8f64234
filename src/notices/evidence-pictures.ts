import { z } from 'zod';
import { box } from '../core/box.js';
import type { Db } from '../storage/context.js';
import type { EvidencePicture } from './body.js';

const trackPoint = z.object({ frameId: z.string(), observationId: z.string() });
const evidenceFrame = z.object({ frameId: z.string(), sha256: z.string(), role: z.string() });
type EvidenceFrame = z.infer<typeof evidenceFrame>;
const platePart = z.object({ box });

/** The pictures of a violation with the places of the vehicle and its plate, as its passage's track tells them. */
export function evidencePictures(db: Db, evidence: unknown, track: unknown): Promise<EvidencePicture[]> {
  return picturesOf(db, merged(z.array(evidenceFrame).parse(evidence)), track);
}

/** One entry a frame: the frame of the act is often the one that gave the read, too. */
function merged(frames: readonly EvidenceFrame[]): EvidenceFrame[] {
  const byFrame = new Map<string, EvidenceFrame>();
  for (const frame of frames) {
    const before = byFrame.get(frame.frameId);
    byFrame.set(frame.frameId, before ? { ...before, role: `${before.role}+${frame.role}` } : frame);
  }
  return [...byFrame.values()];
}

async function picturesOf(
  db: Db,
  frames: readonly EvidenceFrame[],
  track: unknown,
): Promise<EvidencePicture[]> {
  const points = z.array(trackPoint).catch([]).parse(track);
  const ids = frames.map((f) => f.frameId);
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('frames').select(['id', 'captured_at']).where('id', 'in', ids).execute();
  const seen =
    points.length === 0
      ? []
      : await db
          .selectFrom('observations')
          .select(['frame_id', 'box', 'plate'])
          .where(
            'id',
            'in',
            points.map((p) => p.observationId),
          )
          .where('frame_id', 'in', ids)
          .execute();
  return frames.flatMap(({ frameId, sha256, role }) => {
    const frame = rows.find((r) => r.id === frameId);
    if (!frame) return [];
    const observation = seen.find((o) => o.frame_id === frameId);
    const plate = platePart.safeParse(observation?.plate);
    return [
      {
        frameId,
        sha256,
        role,
        capturedAt: frame.captured_at.toISOString(),
        vehicle: box.safeParse(observation?.box).data ?? null,
        plate: plate.data?.box ?? null,
      },
    ];
  });
}
