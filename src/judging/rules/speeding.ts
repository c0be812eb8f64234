import { certificateFor, limitFor } from '../../sites/lookup.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { excused, kmh } from '../way.js';

/** The pictures may be this far from the meter before they contradict it: share of the speed and km/h. */
const CONTRADICTION = { share: 0.2, kmh: 15 };

/** Điểm của khoản 3, 5, 6, 7 Điều 6 và khoản 2, 4, 8 Điều 7: chạy quá tốc độ. Only a certified device measures; pictures never do. */
export function speeding(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('speeding', question);
  const readings = passage.claims
    .filter((claim) => claim.kind === 'speed')
    .sort((a, b) => a.value! - b.value! || a.at - b.at);
  // The lower median: one wild reading among several decides nothing.
  const reading = readings[Math.floor((readings.length - 1) / 2)];
  if (
    !proof.holds(
      'measured-by-device',
      reading !== undefined,
      reading?.value ?? null,
      readings.map((one) => one.frameId),
    )
  )
    return proof.not();
  const value = reading!.value!;
  const point = pointOf(passage.points, reading!.frameId, reading!.at);
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
      range === undefined || (value >= range[0] && value <= range[1]),
      value,
    )
  )
    return proof.not();
  if (!proof.holds('class-known', passage.kindShare >= 0.6, passage.kind)) return proof.not();
  const limit = limitFor(site, passage.kind, point?.lane ?? null);
  if (!proof.holds('limit-known', limit !== null, limit?.max ?? null)) return proof.not();
  const over = Math.round((value - site.speedAllowanceKmh - limit!.max) * 100) / 100;
  if (
    !proof.holds('over-limit', over > 0 && proof.row(reading!.at, { overKmh: over }) !== null, over, [
      reading!.frameId,
    ])
  )
    return proof.not();
  const pictured = point === undefined ? null : kmh(point);
  const agrees =
    pictured !== null &&
    Math.abs(pictured - value) <= Math.max(CONTRADICTION.kmh, CONTRADICTION.share * value);
  if (!proof.holds('pictures-agree', agrees, pictured, [point])) return proof.not();
  const excuse = excused(passage);
  if (!proof.holds('not-on-duty', excuse === undefined, null, [excuse?.frameId])) return proof.not();
  const other = farthest(passage.points, point!);
  return proof.fired({
    at: reading!.at,
    evidence: [
      [point, 'measured'],
      [other, 'seen'],
    ],
    measured: {
      speedKmh: value,
      limitKmh: limit!.max,
      allowanceKmh: site.speedAllowanceKmh,
      overKmh: over,
      estimateKmh: Math.round(pictured!),
      device: reading!.device!,
      certificate: certificate!.certificateNo,
    },
    facts: { overKmh: over },
  });
}

/** The vehicle in the frame that carried the reading, or in the nearest of its frames. */
function pointOf(points: readonly TrackPoint[], frameId: string, at: number): TrackPoint | undefined {
  return (
    points.find((point) => point.frameId === frameId) ??
    points.find((point) => Math.abs(point.at - at) <= 500)
  );
}

/** A second picture, from which anybody can reckon the speed again. */
function farthest(points: readonly TrackPoint[], from: TrackPoint): TrackPoint | undefined {
  const whole = points.filter(
    (point) => point.cameraId === from.cameraId && point !== from && Math.abs(point.at - from.at) <= 2000,
  );
  return whole.sort((a, b) => Math.abs(b.at - from.at) - Math.abs(a.at - from.at))[0];
}
