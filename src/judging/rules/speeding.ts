import { limitFor } from '../../sites/lookup.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { AttributedClaim, TrackPoint } from '../passage.js';
import { kmh } from '../way.js';
import { notOnDuty } from './excuses.js';
import { metered, withinRange } from './meter.js';

/** The pictures may be this far from the meter before they contradict it: share of the speed and km/h. */
const CONTRADICTION = { share: 0.2, kmh: 15 };

/** Điểm của khoản 3, 5, 6, 7 Điều 6 và khoản 2, 4, 8 Điều 7: chạy quá tốc độ. Only a certified device measures; pictures never do. */
export function speeding(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('speeding', question);
  const measured = metered(proof, question, 'speed-meter', lowerMedian);
  if (measured === null || !withinRange(proof, measured)) return proof.not();
  const { reading, certificate } = measured;
  const value = reading.value!;
  const point = pointOf(passage.points, reading.frameId, reading.at);
  const limitOf = (kind: typeof passage.kind) => limitFor(site, kind, point?.lane ?? null);
  const limit = limitOf(passage.kind);
  if (!proof.whicheverClass((kind) => limitOf(kind)?.max === limit?.max)) return proof.not();
  if (!proof.holds('limit-known', limit !== null, limit?.max ?? null)) return proof.not();
  const over = Math.round((value - site.speedAllowanceKmh - limit!.max) * 100) / 100;
  const punished = over > 0 && proof.row(reading.at, { overKmh: over }) !== null;
  if (!proof.holds('over-limit', punished, over, [reading.frameId])) return proof.not();
  const pictured = point === undefined ? null : kmh(point);
  const agrees =
    pictured !== null &&
    Math.abs(pictured - value) <= Math.max(CONTRADICTION.kmh, CONTRADICTION.share * value);
  if (!proof.holds('pictures-agree', agrees, pictured, [point])) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    at: reading.at,
    evidence: [
      [point, 'measured'],
      [farthest(passage.points, point!), 'seen'],
    ],
    measured: {
      speedKmh: value,
      limitKmh: limit!.max,
      allowanceKmh: site.speedAllowanceKmh,
      overKmh: over,
      estimateKmh: Math.round(pictured!),
      device: reading.device!,
      certificate: certificate.certificateNo,
    },
    facts: { overKmh: over },
  });
}

/** The lower median: one wild reading among several decides nothing. */
function lowerMedian(readings: readonly AttributedClaim[]): AttributedClaim | undefined {
  const sorted = [...readings].sort((a, b) => a.value! - b.value! || a.at - b.at);
  return sorted[Math.floor((sorted.length - 1) / 2)];
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
