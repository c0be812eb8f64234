import { dot, rightOf } from '../../sites/geometry.js';
import { certificateFor } from '../../sites/lookup.js';
import type { Lane } from '../../sites/site-schema.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { AttributedClaim, NeighbourStep, TrackPoint } from '../passage.js';
import { SHAPE } from '../tracking/footprint.js';
import { ahead, laneOf, stepAt, type Ahead } from '../way.js';
import { notOnDuty } from './excuses.js';
import { metered } from './meter.js';
import { safeDistance } from './safe-distance.js';

/** The short distance must last, so that braking for a moment is no offence. */
const LEAST_SECONDS = 0.7;
/** The vehicle ahead must have been in the lane for this long. */
const CUT_IN_MS = 4000;
/** … and seen there for at least this long before the first reading, not moving sideways (metres a second). */
const KNOWN_MS = 800;
const SIDEWAYS = 0.45;
const TOGETHER_MS = 1500;
/** How far the gap in the pictures may be from the meter's: metres, and share of the way between the middles. */
const AGREES = { metres: 10, share: 0.25 };

/** Điểm d khoản 5 Điều 6: không giữ khoảng cách an toàn trên đường cao tốc. Only a certified meter measures; pictures show who was ahead. */
export function tooClose(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('too-close', question);
  const measured = metered(proof, question, 'distance-meter', (readings) => readings[0]);
  if (measured === null) return proof.not();
  const { readings, certificate } = measured;
  const frames = readings.map((one) => one.frameId);
  const speed = lowestSpeed(question, readings);
  if (!proof.holds('speed-measured', speed !== undefined, speed?.value ?? null, [speed?.frameId]))
    return proof.not();
  const least = safeDistance(speed!.value! - site.speedAllowanceKmh);
  if (!proof.holds('table-applies', least !== null, least ?? speed!.value!)) return proof.not();
  // The longest of them, in the driver's favour.
  const longest = readings.reduce((a, b) => (b.value! > a.value! ? b : a));
  const short = longest.value! < least!;
  if (!proof.holds('too-short', short, short ? least! - longest.value! : 0, frames)) return proof.not();
  const lasted = (readings.at(-1)!.at - readings[0]!.at) / 1000;
  if (!proof.holds('sustained', lasted >= LEAST_SECONDS, lasted, frames)) return proof.not();
  const point = nearest(passage.points, longest.at);
  const lane = laneOf(site, point.lane);
  const leader =
    lane === null ? undefined : ahead(passage, point, lane.direction, least! + 25, (id) => id === lane.id)[0];
  const shown = [point, leader?.step.frameId];
  if (!proof.holds('vehicle-ahead-seen', leader !== undefined, leader?.metres ?? null, shown))
    return proof.not();
  const seen = leader!.metres - (point.length + SHAPE[leader!.neighbour.kind].length) / 2;
  const agrees = Math.abs(seen - longest.value!) <= AGREES.metres + AGREES.share * leader!.metres;
  if (!proof.holds('gap-agrees', agrees, seen, shown)) return proof.not();
  const known = settledAhead(leader!, lane!, point, readings[0]!.at);
  const stayed = passage.points.every(
    (one) => one.at < point.at - CUT_IN_MS || one.at > point.at || one.lane === lane!.id || one.lane === null,
  );
  if (!proof.holds('no-cut-in', known !== null && stayed, null, [known?.frameId])) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  const of = (frameId: string): TrackPoint | undefined =>
    passage.points.find((one) => one.frameId === frameId);
  return proof.fired({
    at: longest.at,
    evidence: [
      [of(readings[0]!.frameId), 'start'],
      [of(longest.frameId) ?? point, 'measured'],
      [of(readings.at(-1)!.frameId), 'end'],
    ],
    measured: {
      metres: longest.value!,
      leastMetres: least!,
      speedKmh: speed!.value!,
      seconds: lasted,
      device: longest.device!,
      certificate: certificate.certificateNo,
    },
  });
}

/** The lowest certified speed that was measured together with the distances. */
function lowestSpeed(
  { passage, site }: Question,
  distances: readonly AttributedClaim[],
): AttributedClaim | undefined {
  return passage.claims
    .filter(
      (claim) =>
        claim.kind === 'speed' &&
        distances.some((one) => Math.abs(one.at - claim.at) <= TOGETHER_MS) &&
        certificateFor(site, claim.cameraId, 'speed-meter', new Date(claim.at), claim.device) !== null,
    )
    .sort((a, b) => a.value! - b.value!)[0];
}

/** The first place at which the vehicle ahead was seen to keep to the lane, long enough before the first reading; null if it was not. */
function settledAhead(
  { neighbour }: Ahead,
  lane: Lane,
  point: TrackPoint,
  firstReading: number,
): NeighbourStep | null {
  const earlier = neighbour.path.filter((step) => step.at >= point.at - CUT_IN_MS && step.at <= point.at);
  const first = earlier[0];
  if (first === undefined || firstReading - first.at < KNOWN_MS) return null;
  const aside = rightOf(lane.direction);
  const steady = earlier.every(
    (step) => (step.lane === lane.id || step.lane === null) && Math.abs(dot(step.velocity, aside)) < SIDEWAYS,
  );
  return steady && stepAt(neighbour, point.at)?.lane === lane.id ? first : null;
}

const nearest = (points: readonly TrackPoint[], at: number): TrackPoint =>
  points.reduce((a, b) => (Math.abs(b.at - at) < Math.abs(a.at - at) ? b : a));
