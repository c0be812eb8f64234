import { dot } from '../../sites/geometry.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { kmh, laneOf, longestRun, progress, REVERSING_KMH, seconds, seenProgress } from '../way.js';
import { notOnDuty } from './excuses.js';

/** Metres of the lawful way, or seconds at rest, that must come before. */
const BEFORE = { metres: 2, seconds: 0.8 };

/** Điểm đ khoản 11 Điều 6 (đường cao tốc), điểm e khoản 4 Điều 6: lùi xe ở nơi cấm lùi. */
export function reversing(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('reversing', question);
  if (!proof.holds('one-way-road', site.oneWay, site.road)) return proof.not();
  const along = (point: TrackPoint): number => {
    const lane = laneOf(site, point.lane);
    return lane === null ? 0 : dot(lane.direction, point.velocity);
  };
  const back = longestRun(passage.points, (point) => along(point) < -0.3);
  const lane = laneOf(site, back[0]?.lane ?? null);
  const metres = lane === null ? 0 : -seenProgress(back, lane.direction);
  if (
    !proof.holds('went-backwards', back.length >= 4 && metres >= site.thresholds.reversingMetres, metres, [
      back[0],
      back.at(-1),
    ])
  )
    return proof.not();
  const start = passage.points.indexOf(back[0]!);
  const earlier = passage.points.slice(0, start);
  const forward = progress(earlier, lane!.direction);
  const rest = seconds(earlier.filter((point) => Math.abs(along(point)) < 0.5));
  if (!proof.holds('came-forward', forward >= BEFORE.metres || rest >= BEFORE.seconds, forward, [earlier[0]]))
    return proof.not();
  const fastest = back.reduce((a, b) => (kmh(b) > kmh(a) ? b : a));
  if (!proof.holds('reversing-speed', kmh(fastest) < REVERSING_KMH, kmh(fastest), [fastest]))
    return proof.not();
  const aside = Math.abs(
    back[0]!.centre[0] * lane!.direction[1] -
      back[0]!.centre[1] * lane!.direction[0] -
      (back.at(-1)!.centre[0] * lane!.direction[1] - back.at(-1)!.centre[1] * lane!.direction[0]),
  );
  // Who turned around has moved a lane's width aside; who reverses goes straight back.
  if (!proof.holds('no-turn', aside < 3, aside)) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    at: back[Math.floor(back.length / 2)]!.at,
    evidence: [
      [earlier.at(-1), 'before'],
      [back[0], 'start'],
      [back.at(-1), 'end'],
    ],
    measured: {
      lane: lane!.id,
      metres: Math.round(metres * 10) / 10,
      seconds: Math.round(seconds(back) * 10) / 10,
      kmh: Math.round(kmh(fastest)),
    },
  });
}
