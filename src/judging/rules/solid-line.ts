import { crossing, toLine } from '../../sites/geometry.js';
import type { Point, Zone } from '../../sites/site-schema.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import type { TrackPoint } from '../passage.js';
import { laneOf } from '../way.js';
import { lanesOpen, noBreakdown, notOnDuty } from './excuses.js';

/** Metres that the middle must be off the line on either side, so that wheels on the line are no crossing. */
const CLEAR = 0.9;
/** Metres from the ends of the line within which it may have crossed the dashes instead. */
const NEAR_END = 3;
/** Who went round something comes back over the line within this time. */
const GOING_ROUND_MS = 8000;

interface Crossing {
  readonly zone: Zone;
  readonly before: TrackPoint;
  readonly after: TrackPoint;
}

/** Điểm g khoản 5, điểm a khoản 2 Điều 6, điểm e khoản 1 Điều 7: chuyển làn ở nơi không được phép (qua vạch liền). */
export function solidLine(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('solid-line', question);
  const found = firstCrossing(
    passage.points,
    site.zones.filter((zone) => zone.kind === 'solid-line'),
  );
  if (!proof.holds('crossed-line', found !== null, found?.zone.id ?? null, [found?.before, found?.after]))
    return proof.not();
  const { zone, before, after } = found!;
  const beyond = passage.points.filter(
    (point) =>
      point.at >= after.at &&
      sideOf(zone, point) * sideOf(zone, after) > 0 &&
      Math.abs(sideOf(zone, point)) >= CLEAR,
  );
  const metres = beyond.length < 2 ? 0 : Math.abs(alongOf(zone, beyond.at(-1)!) - alongOf(zone, beyond[0]!));
  if (
    !proof.holds('well-across', metres >= site.thresholds.solidLineMetres, metres, [beyond[0], beyond.at(-1)])
  )
    return proof.not();
  const lane = laneOf(site, before.lane) ?? laneOf(site, after.lane);
  const meanwhile = passage.points.filter(
    (point) => point.at >= before.at - GOING_ROUND_MS && point.at <= after.at,
  );
  if (!lanesOpen(proof, question, lane === null ? [] : meanwhile, lane?.direction ?? [0, 0]))
    return proof.not();
  // Who breaks down must get to the edge of the road, whatever is painted between.
  if (!noBreakdown(proof, question)) return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  const on = passage.points.find((point) => point.at > before.at && Math.abs(sideOf(zone, point)) < CLEAR);
  return proof.fired({
    at: (on ?? after).at,
    evidence: [
      [before, 'before'],
      [on, 'on'],
      [after, 'beyond'],
    ],
    measured: { line: zone.id, from: before.lane ?? '–', to: after.lane ?? '–' },
    facts: { laneChanged: before.lane !== null && after.lane !== null && before.lane !== after.lane },
  });
}

/** The last place well on one side and the first well on the other, if the way between them leads over the line itself. */
function firstCrossing(points: readonly TrackPoint[], zones: readonly Zone[]): Crossing | null {
  for (const zone of zones) {
    let before: TrackPoint | null = null;
    for (const point of points) {
      const side = sideOf(zone, point);
      if (Math.abs(side) < CLEAR) continue;
      if (before !== null && side * sideOf(zone, before) < 0 && overLine(zone, before, point, points))
        return { zone, before, after: point };
      before = point;
    }
  }
  return null;
}

function overLine(zone: Zone, before: TrackPoint, after: TrackPoint, points: readonly TrackPoint[]): boolean {
  const way = points.slice(points.indexOf(before), points.indexOf(after) + 1);
  for (let i = 1; i < way.length; i++) {
    const [p, q] = [way[i - 1]!, way[i]!];
    for (let k = 1; k < zone.area.length; k++) {
      const share = crossing(zone.area[k - 1]!, zone.area[k]!, p.centre, q.centre);
      if (share === null) continue;
      const at: Point = [
        p.centre[0] + share * (q.centre[0] - p.centre[0]),
        p.centre[1] + share * (q.centre[1] - p.centre[1]),
      ];
      const { along } = toLine(zone.area[0]!, zone.area.at(-1)!, at);
      const length = toLine(zone.area[0]!, zone.area.at(-1)!, zone.area.at(-1)!).along;
      // Unseen for long, it may have crossed anywhere between.
      if (along >= NEAR_END && along <= length - NEAR_END && q.at - p.at <= 500) return true;
    }
  }
  return false;
}

const sideOf = (zone: Zone, point: TrackPoint): number =>
  toLine(zone.area[0]!, zone.area.at(-1)!, point.centre).aside;
const alongOf = (zone: Zone, point: TrackPoint): number =>
  toLine(zone.area[0]!, zone.area.at(-1)!, point.centre).along;
