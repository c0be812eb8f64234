import { formatsOf } from '../../plates/index.js';
import { Proof, type Outcome, type Question } from '../finding.js';
import { excused, kmh, laneOf, longestRun, seconds, wayLength } from '../way.js';

const LEAST_METRES = 15;
/** A bicycle is not this fast for long. */
const MOTOR_KMH = 32;
const SURE_SHARE = 0.8;

/** Điểm b khoản 7 Điều 7: điều khiển mô tô, xe gắn máy đi vào đường cao tốc. */
export function forbiddenClass(question: Question): Outcome {
  const { passage, site } = question;
  const proof = new Proof('forbidden-class', question);
  const forbidden = site.road === 'expressway' && passage.kind === 'motorcycle';
  if (!proof.holds('forbidden-here', forbidden, passage.kind)) return proof.not();
  if (!proof.holds('class-known', passage.kindShare >= SURE_SHARE, passage.kind)) return proof.not();
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
  const swift = run.filter((point) => kmh(point) >= MOTOR_KMH);
  const motor = plate !== null || seconds(swift) >= 1;
  if (
    !proof.holds('motor-vehicle', motor, plate?.display ?? `${Math.round(Math.max(...run.map(kmh)))} km/h`, [
      plate?.reads[0]?.frameId ?? swift[0],
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
    measured: { kind: passage.kind, metres: Math.round(wayLength(run)) },
  });
}
