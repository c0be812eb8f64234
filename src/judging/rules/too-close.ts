import { dot, rightOf } from '../../sites/geometry.js';
import { certificateFor } from '../../sites/lookup.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { ahead, excused, laneOf, stepAt } from '../way.js';
import { safeDistance } from './safe-distance.js';

/** The short distance must last, so that braking for a moment is no offence. */
const LEAST_SECONDS = 0.7;
/** The vehicle ahead must have been in the lane for this long. */
const CUT_IN_MS = 4000;
/** … and seen there for at least this long before the first reading, not moving sideways (metres a second). */
const KNOWN_MS = 800;
const SIDEWAYS = 0.45;
const TOGETHER_MS = 1500;

/** Điểm d khoản 5 Điều 6: không giữ khoảng cách an toàn trên đường cao tốc. Only a certified meter measures; pictures show who was ahead. */
export function tooClose(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('too-close', question);
  const readings = passage.claims.filter((claim) => claim.kind === 'distance').sort((a, b) => a.at - b.at);
  if (
    !proof.holds(
      'distance-measured',
      readings.length > 0,
      readings[0]?.value ?? null,
      readings.map((one) => one.frameId),
    )
  )
    return proof.not();
  const certificate = certificateFor(
    site,
    readings[0]!.cameraId,
    'distance-meter',
    new Date(readings[0]!.at),
    readings[0]!.device,
  );
  if (
    !proof.holds(
      'device-certified',
      certificate !== null,
      certificate?.certificateNo ?? readings[0]!.device ?? null,
    )
  )
    return proof.not();
  // The lowest speed and the longest of the short distances: both in the driver's favour.
  const speeds = passage.claims.filter(
    (claim) =>
      claim.kind === 'speed' &&
      readings.some((one) => Math.abs(one.at - claim.at) <= TOGETHER_MS) &&
      certificateFor(site, claim.cameraId, 'speed-meter', new Date(claim.at), claim.device) !== null,
  );
  const speed = speeds.sort((a, b) => a.value! - b.value!)[0];
  if (!proof.holds('speed-measured', speed !== undefined, speed?.value ?? null, [speed?.frameId]))
    return proof.not();
  const least = safeDistance(speed!.value! - site.speedAllowanceKmh);
  if (!proof.holds('table-applies', least !== null, least ?? speed!.value!)) return proof.not();
  const short = readings.filter((one) => one.value! < least!);
  const longest = short.reduce((a, b) => (b.value! > a.value! ? b : a), short[0]!);
  if (
    !proof.holds(
      'too-short',
      short.length === readings.length,
      least! - (longest?.value ?? least!),
      readings.map((one) => one.frameId),
    )
  )
    return proof.not();
  const lasted = (short.at(-1)!.at - short[0]!.at) / 1000;
  if (
    !proof.holds(
      'sustained',
      lasted >= LEAST_SECONDS,
      lasted,
      short.map((one) => one.frameId),
    )
  )
    return proof.not();
  const point = nearest(passage.points, longest.at);
  const lane = laneOf(site, point.lane);
  const leader =
    lane === null ? undefined : ahead(passage, point, lane.direction, least! + 25, (id) => id === lane.id)[0];
  if (
    !proof.holds('vehicle-ahead-seen', leader !== undefined, leader?.metres ?? null, [
      point,
      leader?.step.frameId,
    ])
  )
    return proof.not();
  const earlier = leader!.neighbour.path.filter(
    (step) => step.at >= point.at - CUT_IN_MS && step.at <= point.at,
  );
  const known = earlier.length > 0 && short[0]!.at - earlier[0]!.at >= KNOWN_MS;
  const steady = earlier.every(
    (step) =>
      (step.lane === lane!.id || step.lane === null) &&
      Math.abs(dot(step.velocity, rightOf(lane!.direction))) < SIDEWAYS,
  );
  const settled = known && steady && stepAt(leader!.neighbour, point.at)?.lane === lane!.id;
  const stayed = passage.points.every(
    (one) => one.at < point.at - CUT_IN_MS || one.at > point.at || one.lane === lane!.id || one.lane === null,
  );
  if (!proof.holds('no-cut-in', settled && stayed, null, [earlier[0]?.frameId])) return proof.not();
  const excuse = excused(passage);
  if (!proof.holds('not-on-duty', excuse === undefined, null, [excuse?.frameId])) return proof.not();
  const of = (frameId: string): TrackPoint | undefined =>
    passage.points.find((one) => one.frameId === frameId);
  return proof.fired({
    at: longest.at,
    evidence: [
      [of(short[0]!.frameId), 'start'],
      [of(longest.frameId) ?? point, 'measured'],
      [of(short.at(-1)!.frameId), 'end'],
    ],
    measured: {
      metres: longest.value!,
      leastMetres: least!,
      speedKmh: speed!.value!,
      seconds: lasted,
      device: longest.device!,
      certificate: certificate!.certificateNo,
    },
  });
}

const nearest = (points: readonly TrackPoint[], at: number): TrackPoint =>
  points.reduce((a, b) => (Math.abs(b.at - at) < Math.abs(a.at - at) ? b : a));
