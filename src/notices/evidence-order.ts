import type { EvidencePicture } from './body.js';

/** Positions of the frames, best first: the one that gave the read, then the plate shown largest, then nearest to the act. */
export function bestFirst(
  evidence: readonly Pick<EvidencePicture, 'plate' | 'capturedAt' | 'role'>[],
  occurredAt: Date,
): number[] {
  const height = (i: number): number => {
    const plate = evidence[i]?.plate;
    return plate ? Math.round(plate[3] - plate[1]) : 0;
  };
  const away = (i: number): number =>
    Math.abs(Date.parse(evidence[i]?.capturedAt ?? '') - occurredAt.getTime());
  const gaveRead = (i: number): number => (evidence[i]?.role.split('+').includes('plate') ? 1 : 0);
  return evidence
    .map((_, i) => i)
    .sort((a, b) => gaveRead(b) - gaveRead(a) || height(b) - height(a) || away(a) - away(b));
}
