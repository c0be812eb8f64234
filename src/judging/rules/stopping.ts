import { dot, minus, zonesAt } from '../../sites/geometry.js';
import { within } from '../../sites/hours.js';
import type { Lane, SiteVersion, VehicleClass, Zone } from '../../sites/site-schema.js';
import { viewOf } from '../../sites/view.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { ahead, laneOf, runs, seconds } from '../way.js';
import { noBreakdown, notOnDuty } from './excuses.js';

/** Farther than this from where it stood it has moved, metres. */
const SAME_PLACE = 1.5;
/** A standing vehicle this near ahead makes a queue, metres between the middles. */
const QUEUE_METRES = 28;
/** Road ahead that must be in view before it can be said that nobody stands there. */
const IN_VIEW_METRES = 12;

/**
 * Điểm c khoản 7 Điều 6 (đường cao tốc); by the zone's ground điểm đ khoản 2, điểm đ khoản 3, điểm b khoản 4 Điều 6 and điểm c khoản 3
 * Điều 7: dừng xe ở nơi không được phép. Nobody is charged with đỗ xe: pictures do not tell how long he meant to stay.
 */
export function stopping(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('stopping', question);
  const least = site.thresholds.stopSeconds;
  const whole = longestStay(passage.points);
  const lane = laneOf(site, whole[0]?.lane ?? null);
  if (!proof.holds('stood-still', seconds(whole) >= least, seconds(whole), [whole[0], whole.at(-1)]))
    return proof.not();
  const placeFor = (kind: VehicleClass, one: TrackPoint | undefined): Place | null =>
    one === undefined ? null : forbiddenPlace(site, one, lane, kind);
  // A ban by the hour may begin or end meanwhile: only the time under it counts.
  const banned = longest(runs(whole, (one) => placeFor(passage.kind, one) !== null));
  const place = placeFor(passage.kind, banned[0]);
  const shownBan = [banned[0], banned.at(-1)];
  if (
    !proof.holds('no-stopping-here', place !== null && seconds(banned) >= least, place?.id ?? null, shownBan)
  )
    return proof.not();
  if (!proof.whicheverClass((kind) => placeFor(kind, banned[0]) !== null)) return proof.not();
  const stay = longest(runs(banned, (one) => !waitsAtSignal(site, one)));
  const point = stay[0];
  if (!proof.holds('not-at-a-signal', seconds(stay) >= least, seconds(stay), [point ?? banned[0]]))
    return proof.not();
  if (!noBreakdown(proof, question, point!.at - 5000, stay.at(-1)!.at + 1000)) return proof.not();
  const queue = lane === null ? undefined : queueAhead(question, stay, lane);
  if (!proof.holds('no-queue', queue === undefined, queue?.metres ?? null, [queue?.step.frameId]))
    return proof.not();
  const seen = lane === null || lane.kind === 'emergency' ? IN_VIEW_METRES : inView(question, point!, lane);
  if (!proof.holds('road-ahead-seen', seen >= IN_VIEW_METRES, seen, [point])) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  const ground = place!.ground === undefined ? {} : { ground: place!.ground };
  return proof.fired({
    at: point!.at + least * 1000,
    evidence: [
      [point, 'start'],
      [stay[Math.floor(stay.length / 2)], 'seen'],
      [stay.at(-1), 'end'],
    ],
    measured: { place: place!.id, seconds: Math.round(seconds(stay)), ...ground },
    facts: ground,
  });
}

/** The longest time in which it kept to one place. */
function longestStay(points: readonly TrackPoint[]): TrackPoint[] {
  let best: TrackPoint[] = [];
  let start = 0;
  for (let end = 0; end < points.length; end++) {
    while (start < end && away(points[start]!, points[end]!) > SAME_PLACE) start++;
    const slow = points.slice(start, end + 1);
    if (seconds(slow) > seconds(best)) best = slow;
  }
  return best;
}

const longest = (all: readonly TrackPoint[][]): TrackPoint[] =>
  all.reduce<TrackPoint[]>(
    (a, b) => (b.length > 0 && (a.length === 0 || seconds(b) > seconds(a)) ? b : a),
    [],
  );

/** Before the stop line of a signalled lane one stands as the lamp demands; unless it is surely green, that may be why. */
function waitsAtSignal(site: SiteVersion, { lane, centre, lamps }: TrackPoint): boolean {
  const signal = site.signals.find((one) => lane !== null && one.lanes.includes(lane));
  const direction = laneOf(site, lane)?.direction;
  if (signal === undefined || direction === undefined || site.stopLine === null) return false;
  const beyond = dot(minus(centre, site.stopLine[0]), direction) > 0;
  return !beyond && lamps?.[signal.id]?.state !== 'green';
}

const away = (a: TrackPoint, b: TrackPoint): number =>
  Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]);

type Place = Pick<Zone, 'id' | 'ground'>;

function forbiddenPlace(
  site: SiteVersion,
  point: TrackPoint,
  lane: Lane | null,
  kind: VehicleClass,
): Place | null {
  if (site.road === 'expressway' && lane !== null && lane.kind !== 'opposite') return { id: lane.id };
  const zone = zonesAt(site, 'no-stopping', point.centre).find(
    (one) => (one.classes === undefined || one.classes.includes(kind)) && within(one.hours, point.at),
  );
  return zone ?? null;
}

function queueAhead({ passage }: Question, stay: readonly TrackPoint[], lane: Lane) {
  for (const point of [stay[0]!, stay[Math.floor(stay.length / 2)]!, stay.at(-1)!]) {
    const first = ahead(passage, point, lane.direction, QUEUE_METRES, (id) => id === lane.id)[0];
    if (first !== undefined && first.step.speed < 3) return first;
  }
  return undefined;
}

/** Metres of its lane ahead of the bow that some camera sees without a break. */
function inView({ site }: Question, point: TrackPoint, lane: Lane): number {
  const views = site.cameras.map(viewOf);
  for (let metres = 2; metres <= 40; metres += 2) {
    const reach = point.length / 2 + metres;
    const [x, y] = [point.centre[0] + lane.direction[0] * reach, point.centre[1] + lane.direction[1] * reach];
    if (!views.some((view) => view.sees(x, y))) return metres - 2;
  }
  return 40;
}
