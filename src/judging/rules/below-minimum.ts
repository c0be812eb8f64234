import { certificateFor, limitFor } from '../../sites/lookup.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import { ahead, excused, kmh, laneOf, sightings } from '../way.js';

/** Who is this near ahead and no faster holds the vehicle up, metres. */
const HELD_UP_METRES = 70;

/** Điểm o khoản 3 Điều 6, điểm k khoản 1 Điều 7: chạy dưới tốc độ tối thiểu. */
export function belowMinimum(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('below-minimum', question);
  const readings = passage.claims
    .filter((claim) => claim.kind === 'speed')
    .sort((a, b) => b.value! - a.value! || a.at - b.at);
  // The highest reading speaks for the driver.
  const reading = readings[0];
  if (
    !proof.holds(
      'measured-by-device',
      reading !== undefined,
      reading?.value ?? null,
      readings.map((one) => one.frameId),
    )
  )
    return proof.not();
  const certificate = certificateFor(
    site,
    reading!.cameraId,
    'speed-meter',
    new Date(reading!.at),
    reading!.device,
  );
  if (
    !proof.holds(
      'device-certified',
      certificate !== null,
      certificate?.certificateNo ?? reading!.device ?? null,
    )
  )
    return proof.not();
  const range = certificate!.rangeKmh;
  if (
    !proof.holds(
      'within-certified-range',
      range === undefined || reading!.value! >= range[0],
      reading!.value!,
    )
  )
    return proof.not();
  const point = passage.points.find((one) => one.frameId === reading!.frameId);
  const lane = laneOf(site, point?.lane ?? null);
  const minimum = limitFor(site, passage.kind, lane?.id ?? null)?.min;
  if (!proof.holds('minimum-set', minimum !== undefined && lane?.kind === 'traffic', minimum ?? null))
    return proof.not();
  const below = Math.round((minimum! - (certificate!.mpeKmh ?? 0) - reading!.value!) * 100) / 100;
  if (!proof.holds('below-minimum', below > 0, below, [reading!.frameId])) return proof.not();
  const agrees = Math.abs(kmh(point!) - reading!.value!) <= 15;
  if (!proof.holds('pictures-agree', agrees, kmh(point!), [point])) return proof.not();
  const hazard = sightings(passage, 'hazard-lamps')[0];
  if (!proof.holds('no-breakdown', hazard === undefined, null, [hazard?.frameId])) return proof.not();
  const slow = ahead(passage, point!, lane!.direction, HELD_UP_METRES, (id) => id === lane!.id).find(
    (one) => one.step.speed * 3.6 < minimum! + 5,
  );
  if (!proof.holds('not-held-up', slow === undefined, slow?.metres ?? null, [slow?.step.frameId]))
    return proof.not();
  const excuse = excused(passage);
  if (!proof.holds('not-on-duty', excuse === undefined, null, [excuse?.frameId])) return proof.not();
  const other =
    passage.points.find((one) => one !== point && Math.abs(one.at - point!.at) >= 500) ?? passage.points[0];
  return proof.fired({
    at: reading!.at,
    evidence: [
      [point, 'measured'],
      [other, 'seen'],
    ],
    measured: {
      speedKmh: reading!.value!,
      minimumKmh: minimum!,
      belowKmh: below,
      device: reading!.device!,
      certificate: certificate!.certificateNo,
    },
  });
}
