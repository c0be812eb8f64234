import { depthInside, dot } from '../../sites/geometry.js';
import { within } from '../../sites/hours.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import { excused, laneOf, longestRun, obstacle, progress, seconds } from '../way.js';

/** Metres that the middle must be inside the lane. */
const INSIDE = 0.35;
const SURE_SHARE = 0.75;

/** Điểm b khoản 5 Điều 6, điểm d khoản 3 Điều 7: đi không đúng phần đường hoặc làn đường quy định. */
export function wrongLane(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('wrong-lane', question);
  if (!proof.holds('class-known', passage.kindShare >= SURE_SHARE, passage.kind)) return proof.not();
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
  const stayed =
    metres >= site.thresholds.wrongLaneMetres && seconds(run) >= site.thresholds.wrongLaneSeconds;
  if (!proof.holds('stayed-in-lane', stayed, seconds(run), [run[0], run.at(-1)])) return proof.not();
  const blocked = obstacle(passage, site, run, lane!.direction);
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
    measured: {
      lane: lane!.id,
      kind: passage.kind,
      metres: Math.round(metres),
      seconds: Math.round(seconds(run) * 10) / 10,
    },
  });
}
