import { depthInside } from '../../sites/geometry.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import { excused, kmh, laneOf, longestRun, obstacle, progress, seconds, sightings } from '../way.js';

/** Metres that the middle must be inside, so that wheels on the edge line are no driving in it. */
const INSIDE = 0.25;
/** Slower than this it is about to stop or has just started: that is the stopping rule's. */
const DRIVING_KMH = 15;

/** Điểm d khoản 5 Điều 6: điều khiển xe chạy ở làn dừng xe khẩn cấp hoặc phần lề đường của đường cao tốc. */
export function emergencyLane(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('emergency-lane', question);
  const run = longestRun(passage.points, (point) => {
    const lane = laneOf(site, point.lane);
    return (
      lane !== null &&
      (lane.kind === 'emergency' || lane.kind === 'shoulder') &&
      depthInside(lane.area, point.centre) >= INSIDE
    );
  });
  const lane = laneOf(site, run[0]?.lane ?? null);
  if (!proof.holds('in-emergency-lane', run.length >= 3, lane?.id ?? null, [run[0], run.at(-1)]))
    return proof.not();
  // Against its direction it is the wrong-way rule's.
  const metres = progress(run, lane!.direction);
  if (
    !proof.holds('drove-along', metres >= site.thresholds.emergencyLaneMetres, metres, [run[0], run.at(-1)])
  )
    return proof.not();
  const slowest = run.reduce((a, b) => (kmh(b) < kmh(a) ? b : a));
  if (!proof.holds('kept-driving', kmh(slowest) >= DRIVING_KMH, kmh(slowest), [slowest])) return proof.not();
  const hazard = sightings(passage, 'hazard-lamps')[0];
  if (!proof.holds('no-breakdown', hazard === undefined, null, [hazard?.frameId])) return proof.not();
  const blocked = obstacle(passage, site, run.slice(0, Math.ceil(run.length / 2)), lane!.direction);
  if (
    !proof.holds('lanes-open', blocked === null, null, [
      typeof blocked === 'string' ? blocked : blocked?.step.frameId,
    ])
  )
    return proof.not();
  const excuse = excused(passage);
  if (!proof.holds('not-on-duty', excuse === undefined, null, [excuse?.frameId])) return proof.not();
  return proof.fired({
    at: run[Math.floor(run.length / 2)]!.at,
    evidence: [
      [run[0], 'start'],
      [run[Math.floor(run.length / 2)], 'seen'],
      [run.at(-1), 'end'],
    ],
    measured: { lane: lane!.id, metres: Math.round(metres), seconds: Math.round(seconds(run) * 10) / 10 },
  });
}
