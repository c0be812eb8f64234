import { depthInside } from '../../sites/geometry.js';
import { Proof, shownAlong, type Outcome, type Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { atRim, kmh, laneOf, longestRun, progress, seconds } from '../way.js';
import { lanesOpen, noBreakdown, notOnDuty } from './excuses.js';

/** Metres that the middle must be inside, so that wheels on the edge line are no driving in it. */
const INSIDE = 0.25;
/** Slower than this it is about to stop or has just started: that is the stopping rule's. */
const DRIVING_KMH = 15;
/** Who is lost from view in the lane may be stopping there if it slowed to this share of its speed within these ms. */
const STOPPING = { share: 0.75, withinMs: 4000 };
/** A speed is a guess for so long after a vehicle came into view, ms. */
const SETTLES_MS = 1000;

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
  const stopping =
    run.at(-1) === passage.points.at(-1) && slowsDown(passage.points.filter((point) => !atRim(site, point)));
  const kept = kmh(slowest) >= DRIVING_KMH && !stopping;
  if (!proof.holds('kept-driving', kept, kmh(slowest), [slowest])) return proof.not();
  if (!noBreakdown(proof, question)) return proof.not();
  if (!lanesOpen(proof, question, run.slice(0, Math.ceil(run.length / 2)), lane!.direction))
    return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    ...shownAlong(run),
    measured: { lane: lane!.id, metres: Math.round(metres), seconds: Math.round(seconds(run) * 10) / 10 },
  });
}

function slowsDown(points: readonly TrackPoint[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return false;
  const before = points.filter(
    (point) => point.at >= last.at - STOPPING.withinMs && point.at >= first.at + SETTLES_MS,
  );
  return kmh(last) < STOPPING.share * Math.max(0, ...before.map(kmh));
}
