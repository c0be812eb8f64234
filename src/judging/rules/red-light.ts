import { dot, minus, rightOf } from '../../sites/geometry.js';
import type { Point } from '../../sites/site-schema.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { cutAside, laneOf } from '../way.js';
import { notOnDuty } from './excuses.js';

/** Deviations of an edge of the vehicle from the stop line before it counts as before or beyond. */
const SURE = 2;
/** Metres that the tail must be past the line before going on is told from turning right: from a lane that may turn, and from others. */
const TELLING = { turning: 14, other: 6 };

/** Điểm b khoản 9 Điều 6, điểm c khoản 7 Điều 7: không chấp hành hiệu lệnh của đèn tín hiệu. Before, on and beyond the line under red. */
export function redLight(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('red-light', question);
  const approach = passage.points.findLast((point) =>
    site.signals.some((one) => point.lane !== null && one.lanes.includes(point.lane)),
  );
  const signal = site.signals.find((one) => one.lanes.includes(approach?.lane ?? ''));
  const lane = laneOf(site, approach?.lane ?? null);
  if (
    !proof.holds(
      'signalled-lane',
      signal !== undefined && lane !== null && site.stopLine !== null,
      lane?.id ?? null,
    )
  )
    return proof.not();
  const line = site.stopLine!;
  const normal = rightOf(minus(line[1], line[0]));
  const size = Math.hypot(normal[0], normal[1]);
  const onward: Point =
    dot(normal, lane!.direction) > 0
      ? [normal[0] / size, normal[1] / size]
      : [-normal[0] / size, -normal[1] / size];
  const middle = (point: TrackPoint): number => dot(minus(point.centre, line[0]), onward);
  const front = (point: TrackPoint, deviations: number): number =>
    middle(point) + point.length / 2 + deviations * point.sigmaFront;
  const tail = (point: TrackPoint, deviations: number): number =>
    middle(point) - point.length / 2 - deviations * point.sigmaRear;
  const redSince = (point: TrackPoint): number | null => {
    const lamp = point.lamps?.[signal!.id];
    // By another camera's clock the lamp may have turned red before it did by this one's.
    const known = lamp?.here === true && (lamp.clocksApart ?? 0) <= signal!.graceMs;
    return lamp?.state === 'red' && known ? lamp.since : null;
  };
  const travels = passage.points.filter((point) => dot(point.heading, onward) > -0.2);
  const passed = travels.find((point) => tail(point, SURE) > 0);
  if (
    !proof.holds(
      'beyond-line',
      passed !== undefined && tail(travels.at(-1)!, 0) > 2,
      tail(travels.at(-1) ?? passage.points.at(-1)!, 0),
      [passed],
    )
  )
    return proof.not();

  const before = travels.findLast(
    (point) =>
      point.at < passed!.at && front(point, SURE) < 0 && redFor(redSince(point), point.at) >= signal!.graceMs,
  );
  const lampThen =
    travels.findLast((point) => point.at <= passed!.at && front(point, 0) < 0)?.lamps?.[signal!.id]?.state ??
    'unknown';
  if (!proof.holds('before-line-under-red', before !== undefined, lampThen, [before])) return proof.not();
  const beyond = travels.find(
    (point) => point.at >= passed!.at && redSince(point) !== null && tail(point, SURE) > 0,
  );
  const unbroken = beyond !== undefined && redSince(beyond) === redSince(before!);
  if (
    !proof.holds(
      'beyond-line-under-red',
      unbroken,
      unbroken ? (beyond.at - redSince(beyond)!) / 1000 : null,
      [beyond],
    )
  )
    return proof.not();
  const on = travels.find(
    (point) =>
      point.at > before!.at &&
      point.at <= beyond!.at &&
      front(point, -1) > 0 &&
      tail(point, 0) < 0 &&
      redSince(point) !== null,
  );
  const mayTurn = lane!.movements === undefined || lane!.movements.includes('right');
  const gone = travels.filter(
    (point) => tail(point, 0) >= (mayTurn ? TELLING.turning : TELLING.other) && !cutAside(site, point),
  );
  const turned = movement(travels, gone, onward);
  const allowed = signal!.rightTurnOnRed && turned !== 'straight' && turned !== 'left';
  if (!proof.holds('no-allowed-turn', !allowed, turned, [gone.at(-1) ?? travels.at(-1)])) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    at: (on ?? beyond)!.at,
    evidence: [
      [before, 'before'],
      [on, 'on'],
      [beyond, 'beyond'],
    ],
    measured: {
      signal: signal!.id,
      redForSeconds: Math.round((on ?? beyond)!.at - redSince(before!)!) / 1000,
      movement: turned,
    },
  });
}

const redFor = (since: number | null, at: number): number => (since === null ? -1 : at - since);

/** Where it went after the line; `unknown` while it was not seen far enough to tell. */
function movement(
  points: readonly TrackPoint[],
  gone: readonly TrackPoint[],
  onward: Point,
): 'straight' | 'left' | 'right' | 'unknown' {
  const right = rightOf(onward);
  const turnedTo = (point: TrackPoint): number => dot(point.heading, right);
  if (points.some((point) => Math.hypot(...point.velocity) > 1 && turnedTo(point) > 0.5)) return 'right';
  if (points.some((point) => Math.hypot(...point.velocity) > 1 && turnedTo(point) < -0.5)) return 'left';
  const last = gone.at(-1);
  // Leaning to the right, far past the line, it may still come to turn there; leaning to the left it does not.
  if (last === undefined || turnedTo(last) >= 0.35) return 'unknown';
  return turnedTo(last) <= -0.35 ? 'left' : 'straight';
}
