import { formatsOf } from '../../plates/index.js';
import { Proof, shownAlong, type Outcome, type Question } from '../finding.js';
import { kmh, laneOf, longestRun, runs, seconds, wayLength } from '../way.js';
import { notOnDuty } from './excuses.js';

const LEAST_METRES = 15;
/** A bicycle is not this fast for long. */
const MOTOR_KMH = 32;

/** Điểm b khoản 7 Điều 7: điều khiển mô tô, xe gắn máy đi vào đường cao tốc. */
export function forbiddenClass(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('forbidden-class', question);
  const forbidden = site.road === 'expressway' && passage.kind === 'motorcycle';
  if (!proof.holds('forbidden-here', forbidden, passage.kind)) return proof.not();
  if (!proof.whicheverClass((kind) => kind === 'motorcycle')) return proof.not();
  const run = longestRun(passage.points, (point) => {
    const kind = laneOf(site, point.lane)?.kind;
    return kind === 'traffic' || kind === 'emergency' || kind === 'shoulder';
  });
  if (
    !proof.holds('drove-along', run.length >= 4 && wayLength(run) >= LEAST_METRES, wayLength(run), [
      run[0],
      run.at(-1),
    ])
  )
    return proof.not();
  const plate =
    passage.plate?.accepted === true &&
    formatsOf(passage.plate.text, { vehicleClass: 'motorcycle' }).length > 0
      ? passage.plate
      : null;
  // One after the other: a box that jumps now and then makes a bicycle swift for a look.
  const swift = runs(run, (point) => kmh(point) >= MOTOR_KMH).find((stretch) => seconds(stretch) >= 1);
  const motor = plate !== null || swift !== undefined;
  if (
    !proof.holds('motor-vehicle', motor, plate?.display ?? `${Math.round(Math.max(...run.map(kmh)))} km/h`, [
      plate?.reads[0]?.frameId ?? swift?.[0],
    ])
  )
    return proof.not();
  if (!notOnDuty(proof, question)) return proof.not();
  return proof.fired({
    ...shownAlong(run),
    measured: { kind: passage.kind, metres: Math.round(wayLength(run)) },
  });
}
