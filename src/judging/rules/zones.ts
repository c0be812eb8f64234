import { depthInside } from '../../sites/geometry.js';
import { within } from '../../sites/hours.js';
import type { Zone } from '../../sites/site-schema.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import { excused, longestRun, wayLength } from '../way.js';

const LEAST_METRES = 12;
/** Metres that the middle must be inside the zone. */
const INSIDE = 0.3;
const SURE_SHARE = 0.8;

/** Điểm d khoản 6 Điều 21: xe tải đi vào khu vực, giờ hạn chế. */
export const truckHours = (question: Question): Outcome =>
  inZone(question, 'truck-hours', 'truck-restricted');

/** Điểm i khoản 5 Điều 6, điểm b khoản 6 Điều 7: đi vào khu vực cấm, đường cấm. */
export const noEntry = (question: Question): Outcome => inZone(question, 'no-entry', 'no-entry');

function inZone(question: Question, rule: 'truck-hours' | 'no-entry', kind: Zone['kind']): Outcome {
  const { passage, site } = question;
  const proof = new Proof(rule, question);
  const classed =
    rule === 'truck-hours'
      ? passage.kind === 'truck'
      : site.zones.some((zone) => zone.kind === kind && names(zone, passage.kind));
  if (!proof.holds('forbidden-here', classed, passage.kind)) return proof.not();
  if (!proof.holds('class-known', passage.kindShare >= SURE_SHARE, passage.kind)) return proof.not();
  const zones = site.zones.filter(
    (zone) => zone.kind === kind && zone.area.length > 2 && names(zone, passage.kind),
  );
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
  const excuse = excused(passage);
  if (!proof.holds('not-on-duty', excuse === undefined, null, [excuse?.frameId])) return proof.not();
  return proof.fired({
    at: run[Math.floor(run.length / 2)]!.at,
    evidence: [
      [run[0], 'start'],
      [run[Math.floor(run.length / 2)], 'seen'],
      [run.at(-1), 'end'],
    ],
    measured: { zone: zone!.id, kind: passage.kind, metres: Math.round(wayLength(run)) },
  });
}

const names = (zone: Zone, kind: Question['passage']['kind']): boolean =>
  zone.classes === undefined || zone.classes.includes(kind);
