import type { EvidencePicture } from './body.js';

/** Positions of the frames, best first: the plate shown largest, then nearest to the violation. The first gave the read. */
export function bestFirst(
  evidence: readonly Pick<EvidencePicture, 'plate' | 'capturedAt'>[],
  occurredAt: Date,
): number[] {
  const height = (i: number): number => {
    const plate = evidence[i]?.plate;
    return plate ? Math.round(plate[3] - plate[1]) : 0;
  };
  const away = (i: number): number => Math.abs(Date.parse(evidence[i]?.capturedAt ?? '') - occurredAt.getTime());
  return evidence.map((_, i) => i).sort((a, b) => height(b) - height(a) || away(a) - away(b));
}
