import type { Point } from '../../sites/site-schema.js';
import type { Proof, Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { excused, mayGoOnAs, obstacle, sightings } from '../way.js';

/** The steps in which a rule looks for what speaks for the driver. Each says whether it found nothing. */
export function notOnDuty(proof: Proof, { passage }: Question): boolean {
  const frameId =
    excused(passage)?.frameId ??
    // A fire engine that a bus hid for a moment is two passages, and only one of them has the claim.
    passage.around.find((one) => one.excusedBy !== undefined && mayGoOnAs(passage, one))?.excusedBy;
  return proof.holds('not-on-duty', frameId === undefined, null, [frameId]);
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
