import { z } from 'zod';
import { isComplete, normalise } from '../plates/index.js';
import type { EvidenceFrame } from './evidence-holds.js';
import { held, type Hold } from './holds.js';
import type { SeenPlate } from './seen.js';

const withPlate = z.object({ plate: z.object({ text: z.string() }) });

/** A claim that differs in more places is of another vehicle in view, or of nothing. */
const NEAR = 2;

/**
 * Two readers of one plate: where the camera's own, as it read in most frames, is one or two characters away from ours,
 * one of them is wrong and the register will gladly answer for either. What the camera claims is never taken instead.
 */
export function claimHolds(plate: SeenPlate | null, frames: readonly EvidenceFrame[]): Hold[] {
  if (!plate || !isComplete(plate.text)) return [];
  const votes = new Map<string, number>();
  for (const { claims } of frames) {
    const claimed = normalise(withPlate.safeParse(claims).data?.plate.text ?? '');
    if (isComplete(claimed) && differences(plate.text, claimed) <= NEAR)
      votes.set(claimed, (votes.get(claimed) ?? 0) + 1);
  }
  const ours = votes.get(plate.text) ?? 0;
  const [most] = [...votes].sort((a, b) => b[1] - a[1]);
  return most === undefined || most[1] <= ours
    ? []
    : [held('PLATE_CLAIM_DIFFERS', { plate: plate.text, other: most[0] })];
}

/** Characters that differ; endless for texts of different lengths. */
function differences(a: string, b: string): number {
  return a.length === b.length ? [...a].filter((c, i) => c !== b[i]).length : Infinity;
}
