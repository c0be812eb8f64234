import type { Point } from '../../sites/site-schema.js';
import type { Proof, Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { excused, obstacle, sightings } from '../way.js';

/** The steps in which a rule looks for what speaks for the driver. Each says whether it found nothing. */
export function notOnDuty(proof: Proof, { passage }: Question): boolean {
  const excuse = excused(passage);
  return proof.holds('not-on-duty', excuse === undefined, null, [excuse?.frameId]);
}

/** Hazard lamps, at any time or between two instants. */
export function noBreakdown(proof: Proof, { passage }: Question, from = -Infinity, to = Infinity): boolean {
  const hazard = sightings(passage, 'hazard-lamps').find((claim) => claim.at >= from && claim.at <= to);
  return proof.holds('no-breakdown', hazard === undefined, null, [hazard?.frameId]);
}

/** Nothing stood in the lanes of this direction while the vehicle was on these places. */
export function lanesOpen(
  proof: Proof,
  { passage, site }: Question,
  run: readonly TrackPoint[],
  direction: Point,
): boolean {
  const blocked = obstacle(passage, site, run, direction);
  return proof.holds('lanes-open', blocked === null, null, [
    typeof blocked === 'string' ? blocked : blocked?.step.frameId,
  ]);
}
