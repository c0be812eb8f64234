import { dot } from '../../sites/geometry.js';
import { Proof, shownAlong, type Outcome, type Question } from '../finding.js';
import { kmh, laneOf, longestRun, REVERSING_KMH, seconds, seenProgress } from '../way.js';
import { notOnDuty } from './excuses.js';

/** Who went this far the lawful way before, metres, is reversing or turned around. */
const FORWARD_METRES = 3;

/** Điểm đ khoản 11 và điểm d khoản 9 Điều 6, điểm a khoản 7 Điều 7: đi ngược chiều. */
export function wrongWay(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('wrong-way', question);
  if (!proof.holds('one-way-road', site.oneWay, site.road)) return proof.not();
  const against = longestRun(passage.points, (point) => {
    const lane = laneOf(site, point.lane);
    return lane !== null && dot(lane.direction, point.velocity) < -0.5;
  });
  const lane = laneOf(site, against[0]?.lane ?? null);
  const metres = lane === null ? 0 : -seenProgress(against, lane.direction);
  const shows = [against[0], against.at(-1)];
  if (
    !proof.holds(
      'against-direction',
      against.length >= 4 && metres >= site.thresholds.wrongWayMetres,
      metres,
      shows,
    )
  )
    return proof.not();
  // By places and not by speeds: the filter starts from the lane's own direction, whatever the vehicle does.
  const forward = longestRun(
    passage.points,
    ({ lane: id, velocity }) => dot(laneOf(site, id)?.direction ?? [0, 0], velocity) > 0.5,
  );
  const lawful = seenProgress(forward, lane!.direction);
  if (!proof.holds('never-forward', lawful < FORWARD_METRES, lawful, [against[0], forward[0]]))
    return proof.not();
  const fastest = against.reduce((a, b) => (kmh(b) > kmh(a) ? b : a));
  const drives = passage.couldBe.every((kind) => kind === 'motorcycle') || kmh(fastest) >= REVERSING_KMH;
  if (!proof.holds('not-reversing', drives, kmh(fastest), [fastest])) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    ...shownAlong(against),
    measured: {
      lane: lane!.id,
      metres: Math.round(metres),
      seconds: Math.round(seconds(against) * 10) / 10,
      kmh: Math.round(kmh(fastest)),
    },
  });
}
