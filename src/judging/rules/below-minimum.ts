import { limitFor } from '../../sites/lookup.js';
import type { Lane } from '../../sites/site-schema.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { AttributedClaim, TrackPoint } from '../passage.js';
import { ahead, kmh, laneOf, type Ahead } from '../way.js';
import { noBreakdown, notOnDuty } from './excuses.js';
import { metered, withinRange } from './meter.js';

/** Metres ahead within which somebody slow holds the vehicle up. */
const HELD_UP_METRES = 70;
/** Who is farther than this and draws away by so many metres a second holds nobody up; nearer it may be a queue that dissolves. */
const DRAWS_AWAY = { metres: 35, by: 2 };

/** Điểm o khoản 3 Điều 6, điểm k khoản 1 Điều 7: chạy dưới tốc độ tối thiểu. */
export function belowMinimum(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('below-minimum', question);
  const measured = metered(proof, question, 'speed-meter', highest);
  if (measured === null || !withinRange(proof, measured)) return proof.not();
  const { reading, certificate } = measured;
  const value = reading.value!;
  const point = passage.points.find((one) => one.frameId === reading.frameId);
  const lane = laneOf(site, point?.lane ?? null);
  const minimumOf = (kind: typeof passage.kind) => limitFor(site, kind, lane?.id ?? null)?.min;
  const minimum = minimumOf(passage.kind);
  if (!proof.holds('minimum-set', minimum !== undefined && lane?.kind === 'traffic', minimum ?? null))
    return proof.not();
  if (!proof.whicheverClass((kind) => minimumOf(kind) === minimum)) return proof.not();
  const below = Math.round((minimum! - (certificate.mpeKmh ?? 0) - value) * 100) / 100;
  if (!proof.holds('below-minimum', below > 0, below, [reading.frameId])) return proof.not();
  const agrees = Math.abs(kmh(point!) - value) <= 15;
  if (!proof.holds('pictures-agree', agrees, kmh(point!), [point])) return proof.not();
  if (!noBreakdown(proof, question)) return proof.not();
  const slow = holdsUp(question, point!, lane!, minimum!);
  if (!proof.holds('not-held-up', slow === undefined, slow?.metres ?? null, [slow?.step.frameId]))
    return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  const other =
    passage.points.find((one) => one !== point && Math.abs(one.at - point!.at) >= 500) ?? passage.points[0];
  return proof.fired({
    at: reading.at,
    evidence: [
      [point, 'measured'],
      [other, 'seen'],
    ],
    measured: {
      speedKmh: value,
      minimumKmh: minimum!,
      belowKmh: below,
      device: reading.device!,
      certificate: certificate.certificateNo,
    },
  });
}

/** The highest reading speaks for the driver. */
const highest = (readings: readonly AttributedClaim[]): AttributedClaim | undefined =>
  [...readings].sort((a, b) => b.value! - a.value! || a.at - b.at)[0];

/** Somebody ahead in the lane who is slow too and does not draw away. */
function holdsUp(
  { passage }: Question,
  point: TrackPoint,
  lane: Lane,
  minimumKmh: number,
): Ahead | undefined {
  return ahead(passage, point, lane.direction, HELD_UP_METRES, (id) => id === lane.id).find(
    ({ step, metres }) =>
      step.speed * 3.6 < minimumKmh + 5 &&
      (metres < DRAWS_AWAY.metres || step.speed < kmh(point) / 3.6 + DRAWS_AWAY.by),
  );
}
