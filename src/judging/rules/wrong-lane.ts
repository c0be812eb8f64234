import { depthInside, dot } from '../../sites/geometry.js';
import { within } from '../../sites/hours.js';
import { Proof, shownAlong, type Outcome, type Question } from '../finding.js';
import { laneOf, longestRun, progress, seconds } from '../way.js';
import { lanesOpen, noBreakdown, notOnDuty } from './excuses.js';

/** Metres that the middle must be inside the lane. */
const INSIDE = 0.35;

/** Điểm b khoản 5 Điều 6, điểm d khoản 3 Điều 7: đi không đúng phần đường hoặc làn đường quy định. */
export function wrongLane(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('wrong-lane', question);
  const run = longestRun(passage.points, (point) => {
    const lane = laneOf(site, point.lane);
    if (lane === null || lane.kind !== 'traffic' || lane.permitted.includes(passage.kind)) return false;
    return (
      within(lane.permittedHours, point.at) &&
      depthInside(lane.area, point.centre) >= INSIDE &&
      dot(point.velocity, lane.direction) > 0.5
    );
  });
  const lane = laneOf(site, run[0]?.lane ?? null);
  const metres = lane === null ? 0 : progress(run, lane.direction);
  if (
    !proof.holds('lane-not-permitted', lane !== null && run.length >= 3, lane?.id ?? null, [
      run[0],
      run.at(-1),
    ])
  )
    return proof.not();
  const lanes = new Set(run.map((point) => laneOf(site, point.lane)!));
  const permits = (kind: typeof passage.kind): boolean =>
    [...lanes].some((one) => one.permitted.includes(kind));
  if (!proof.whicheverClass((kind) => !permits(kind))) return proof.not();
  const stayed =
    metres >= site.thresholds.wrongLaneMetres && seconds(run) >= site.thresholds.wrongLaneSeconds;
  if (!proof.holds('stayed-in-lane', stayed, seconds(run), [run[0], run.at(-1)])) return proof.not();
  if (!lanesOpen(proof, question, run, lane!.direction)) return proof.not();
  // Who breaks down must get to the edge of the road, whoever's lane lies between.
  if (!noBreakdown(proof, question)) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    ...shownAlong(run),
    measured: {
      lane: lane!.id,
      kind: passage.kind,
      metres: Math.round(metres),
      seconds: Math.round(seconds(run) * 10) / 10,
    },
  });
}
