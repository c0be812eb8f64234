import { judgeFrames } from '../../src/judging/replay.js';
import type { Judged } from '../../src/judging/judge.js';
import type { Passage, TrackPoint } from '../../src/judging/passage.js';
import { overlap } from '../../src/judging/tracking/associate.js';
import type { Scene, TrueAct } from '../../src/twin/behaviour/index.js';
import { EVERY, type Shown } from './shown.js';

/** Frames of the story before and after the fewest that prove an act. */
const MARGIN = 9;
/** Proofs that last longer than this are cut as far as they hold. */
const LONG = 50;
/** Who is handed over between cameras is shown by each in so many pictures. */
const EACH = 6;

export interface Span {
  readonly name: string;
  readonly violation: boolean;
  readonly from: number;
  readonly to: number;
}

/**
 * Violations that these frames prove, each with the fewest frames that prove it and some around them. Of several cameras only those
 * whose vehicle is followed from one into the next.
 */
export function proved(scene: Scene, shown: readonly Shown[], cameras: readonly string[]): Span[] {
  const { site } = scene.site;
  const frameOf = new Map(shown.map((one) => [one.as.id, one]));
  const judged = (from: number, to: number): Judged[] =>
    judgeFrames(
      shown.filter(({ frame }) => frame >= from && frame <= to).map((one) => one.as),
      site,
    );
  const told = (act: TrueAct, all: readonly Judged[]): Told | undefined =>
    toldOf(act, all, frameOf).find(({ passage }) =>
      cameras.every((camera) => pointsOf(passage, camera) >= (cameras.length > 1 ? EACH : 0)),
    );
  const all = judged(0, Infinity);
  return scene.truth.violations.flatMap((act) => {
    const whole = told(act, all);
    if (whole === undefined) return [];
    const shows = [...whole.finding.evidence, ...seamOf(whole.passage)];
    const proof = shows.flatMap(({ frameId }) => frameOf.get(frameId)?.frame ?? []);
    const holds = (from: number, to: number): boolean => told(act, judged(from, to)) !== undefined;
    const wider = [0, 8, 16, 30].find((by) => holds(Math.min(...proof) - by, Math.max(...proof) + by / 2));
    if (wider === undefined) return [];
    let [from, to] = [Math.min(...proof) - wider, Math.max(...proof) + wider / 2];
    // Who stands for half a minute need not be watched to the end of it.
    for (let step = 64; step >= 4 && to - from > LONG; step /= 2) {
      while (to - step > from && holds(from, to - step)) to -= step;
      while (from + step < to && holds(from + step, to)) from += step;
    }
    return [spanOf(act, true, from - MARGIN, to + MARGIN, scene)];
  });
}

const pointsOf = (passage: Passage, camera: string): number =>
  passage.points.filter(({ cameraId }) => cameraId === camera).length;

/** The pictures around the first change of cameras. */
function seamOf({ points }: Passage): readonly TrackPoint[] {
  const change = points.findIndex(({ cameraId }) => cameraId !== points[0]!.cameraId);
  return change < 0 ? [] : points.slice(Math.max(0, change - EACH), change + EACH);
}

/** Near misses with the best three seconds in which their vehicle is seen. */
export function nearly(scene: Scene, shown: readonly Shown[]): Span[] {
  return scene.truth.nearMisses.flatMap((act) => {
    const there = shown.filter(
      (one) =>
        one.frame >= act.from &&
        one.frame <= act.to &&
        one.seen.some((vehicle) => vehicle.id === act.vehicle && vehicle.visible >= 0.5),
    );
    if (there.length < 8) return [];
    const middle = there[Math.floor(there.length / 2)]!.frame;
    const half = Math.min(24, (there.at(-1)!.frame - there[0]!.frame) / 2);
    return [spanOf(act, false, middle - half, middle + half, scene)];
  });
}

function spanOf(act: TrueAct, violation: boolean, from: number, to: number, scene: Scene): Span {
  const even = (frame: number): number => Math.floor(frame / EVERY) * EVERY;
  return {
    name: `${act.rule} ${act.name} ${act.vehicle}`,
    violation,
    from: even(Math.max(0, from)),
    to: even(Math.min(scene.frames - 1, to)),
  };
}

interface Told {
  readonly passage: Passage;
  readonly finding: Judged['findings'][number];
}

/** The findings of this act, by the passages that are its vehicle's. */
function toldOf(act: TrueAct, judged: readonly Judged[], frameOf: ReadonlyMap<string, Shown>): Told[] {
  return judged
    .filter(({ passage }) => {
      const mine = passage.points.filter((point) => {
        const one = frameOf.get(point.frameId)!.seen.find((vehicle) => vehicle.id === act.vehicle);
        return one !== undefined && overlap(one.box, point.box) >= 0.4;
      });
      return mine.length > passage.points.length / 2;
    })
    .flatMap(({ passage, findings }) => findings.map((finding) => ({ passage, finding })))
    .filter(({ finding }) => finding.rule === act.rule);
}
