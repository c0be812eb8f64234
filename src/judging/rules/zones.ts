import { depthInside } from '../../sites/geometry.js';
import { within } from '../../sites/hours.js';
import type { Zone } from '../../sites/site-schema.js';
import { Proof, shownAlong, type Outcome, type Question } from '../finding.js';
import { longestRun, wayLength } from '../way.js';
import { notOnDuty } from './excuses.js';

const LEAST_METRES = 12;
/** Metres that the middle must be inside the zone. */
const INSIDE = 0.3;

/** Điểm d khoản 6 Điều 21: xe tải đi vào khu vực, giờ hạn chế. */
export const truckHours = (question: Question): Outcome =>
  inZone(question, 'truck-hours', 'truck-restricted');

/** Điểm i khoản 5 Điều 6, điểm b khoản 6 Điều 7: đi vào khu vực cấm, đường cấm. */
export const noEntry = (question: Question): Outcome => inZone(question, 'no-entry', 'no-entry');

function inZone(question: Question, rule: 'truck-hours' | 'no-entry', kind: Zone['kind']): Outcome {
  const { passage, site } = question;
  const proof = new Proof(rule, question);
  const forbids = (zone: Zone, vehicle: typeof passage.kind): boolean =>
    (rule === 'no-entry' || vehicle === 'truck') &&
    (zone.classes === undefined || zone.classes.includes(vehicle));
  const areas = site.zones.filter((zone) => zone.kind === kind && zone.area.length > 2);
  const named = areas.some((zone) => forbids(zone, passage.kind));
  if (!proof.holds('forbidden-here', named, passage.kind)) return proof.not();
  const zones = areas.filter((zone) => passage.couldBe.every((vehicle) => forbids(zone, vehicle)));
  if (!proof.whicheverClass((vehicle) => zones.some((zone) => forbids(zone, vehicle)))) return proof.not();
  const runs = zones.map((zone) => ({
    zone,
    run: longestRun(
      passage.points,
      (point) => within(zone.hours, point.at) && depthInside(zone.area, point.centre) >= INSIDE,
    ),
  }));
  const { zone, run } = runs.sort((a, b) => wayLength(b.run) - wayLength(a.run))[0] ?? {
    zone: null,
    run: [],
  };
  const there = zone !== null && run.length >= 4;
  if (
    !proof.holds(zone?.hours === undefined ? 'in-zone' : 'restricted-hours', there, there ? zone.id : null, [
      run[0],
      run.at(-1),
    ])
  )
    return proof.not();
  if (!proof.holds('drove-along', wayLength(run) >= LEAST_METRES, wayLength(run), [run[0], run.at(-1)]))
    return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    ...shownAlong(run),
    measured: { zone: zone!.id, kind: passage.kind, metres: Math.round(wayLength(run)) },
  });
}
