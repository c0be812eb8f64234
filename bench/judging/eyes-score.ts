import type { SeenFrame } from '../../src/judging/frame.js';
import type { Judged } from '../../src/judging/judge.js';
import { overlap } from '../../src/judging/tracking/associate.js';
import type { Clip } from '../../src/twin/behaviour/index.js';
import { LEAST_FIT, tally, type Tally } from './score.js';

/** Whose frames are fewer than this is no near miss of anything: nobody had a chance to accuse it. */
const LEAST_FRAMES = 6;

export type Tallies = Map<string, Tally>;
export interface PlateCount {
  right: number;
  wrong: number;
  abstained: number;
}

export interface ClipScore {
  /** One line a mistake, with the reasons. */
  readonly wrong: readonly string[];
  /** Acts of the script that this clip's frames do not show long enough: true boxes do not find them either. */
  readonly notShown: number;
}

/**
 * Counts one clip. An act is owed if judging finds it in the same frames with true boxes; what is found besides, of a vehicle
 * that is not owed it, is a false accusation, once a vehicle and rule.
 */
export function scoreClip(
  clip: Clip,
  frames: readonly SeenFrame[],
  judged: readonly Judged[],
  withTrueBoxes: readonly Judged[],
  into: readonly Tallies[],
  plates: PlateCount,
): ClipScore {
  const wrong: string[] = [];
  const count = (rule: string, what: 'violations' | 'nearMisses' | 'found' | 'missed' | 'falsely'): void => {
    for (const tallies of into) {
      if (!tallies.has(rule)) tallies.set(rule, tally());
      tallies.get(rule)![what] += 1;
    }
  };
  const acts = actsOf(clip, frames, judged);
  const shown = new Set(actsOf(clip, frames, withTrueBoxes).keys());
  const key = (act: { rule: string; vehicle: string }): string => `${act.rule} ${act.vehicle}`;
  const scripted = new Set(clip.truth.violations.map(key));
  const unjudged = new Set((clip.truth.void ?? []).map(key));

  for (const act of clip.truth.violations) {
    if (!shown.has(key(act))) continue;
    count(act.rule, 'violations');
    if (acts.has(key(act))) count(act.rule, 'found');
    else {
      count(act.rule, 'missed');
      wrong.push(`${act.vehicle} ${act.rule} (${act.name}) missed: ${whyNot(clip, frames, judged, act)}`);
    }
  }
  for (const [name, { rule, finding, times }] of acts) {
    if (scripted.has(name) ? times === 1 : unjudged.has(name)) continue;
    count(rule, 'falsely');
    wrong.push(`${name} ${times > 1 ? `${times} times` : 'falsely'}: ${JSON.stringify(finding.measured)}`);
  }
  for (const act of clip.truth.nearMisses)
    if (framesOf(clip, act.vehicle) >= LEAST_FRAMES) count(act.rule, 'nearMisses');
  wrong.push(...countPlates(clip, frames, judged, plates));
  return { wrong, notShown: clip.truth.violations.filter((act) => !shown.has(key(act))).length };
}

/** What was found, by rule and true vehicle, and in how many passages; what belongs to no vehicle stands for itself. */
function actsOf(clip: Clip, frames: readonly SeenFrame[], judged: readonly Judged[]) {
  const acts = new Map<string, { rule: string; finding: Judged['findings'][number]; times: number }>();
  for (const one of judged) {
    const owner = ownerOf(clip, frames, one) || `nobody ${one.passage.id}`;
    for (const finding of one.findings) {
      const name = `${finding.rule} ${owner}`;
      acts.set(name, { rule: finding.rule, finding, times: (acts.get(name)?.times ?? 0) + 1 });
    }
  }
  return acts;
}

/** The true vehicle that most of a passage's boxes fit; empty for none. */
export function ownerOf(clip: Clip, frames: readonly SeenFrame[], { passage }: Judged): string {
  const truth = new Map(frames.map((frame) => [frame.id, clip.frames[frame.sequence]!.seen]));
  const counts = new Map<string, number>();
  for (const point of passage.points) {
    const best = truth
      .get(point.frameId)!
      .vehicles.map((one) => ({ id: one.id, fit: overlap(one.box, point.box) }))
      .sort((a, b) => b.fit - a.fit)[0];
    if (best !== undefined && best.fit >= LEAST_FIT) counts.set(best.id, (counts.get(best.id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

function whyNot(
  clip: Clip,
  frames: readonly SeenFrame[],
  judged: readonly Judged[],
  act: { rule: string; vehicle: string },
): string {
  const reasons = judged
    .filter((one) => ownerOf(clip, frames, one) === act.vehicle)
    .map((one) => one.notFired.find((other) => other.rule === act.rule)?.reason ?? 'another finding');
  return reasons.join(', ') || 'no passage';
}

const framesOf = (clip: Clip, vehicle: string): number =>
  clip.frames.filter((frame) => frame.seen.vehicles.some((one) => one.id === vehicle)).length;

function countPlates(
  clip: Clip,
  frames: readonly SeenFrame[],
  judged: readonly Judged[],
  plates: PlateCount,
): string[] {
  const wrong: string[] = [];
  for (const one of judged) {
    const { plate } = one.passage;
    const owner = ownerOf(clip, frames, one);
    const vehicle = clip.truth.cast.find((candidate) => candidate.id === owner);
    if (plate === null || vehicle === undefined) continue;
    // A tractor and its trailer carry two.
    const carried = new Set(
      clip.frames.flatMap((frame) =>
        frame.seen.vehicles.flatMap((other) => (other.id === owner && other.plate ? [other.plate.text] : [])),
      ),
    );
    if (!plate.accepted) plates.abstained += 1;
    else if (plate.text === vehicle.plate || carried.has(plate.text)) plates.right += 1;
    else {
      plates.wrong += 1;
      wrong.push(`${owner} plate ${plate.text}, is ${vehicle.plate ?? 'none'}`);
    }
  }
  return wrong;
}
