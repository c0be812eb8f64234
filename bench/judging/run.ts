import type { LawRule } from '../../src/law/index.js';
import { judge, judgeRest, type Judged } from '../../src/judging/judge.js';
import type { SeenFrame } from '../../src/judging/frame.js';
import { overlap } from '../../src/judging/tracking/associate.js';
import { emptyState } from '../../src/judging/tracking/state.js';
import {
  makeScene,
  observedFrame,
  seenIn,
  TRUE_EYES,
  type Eyes,
  type Scene,
  type SceneOrder,
  type SeenTruth,
} from '../../src/twin/behaviour/index.js';
import { LEAST_VISIBLE } from '../../src/twin/behaviour/observe.js';
import type { Box } from '../../src/vision/observation.js';
import { clearMot, type MotFrame } from './clear-mot.js';
import { LEAST_FIT, tally, type Tally, type Tracked } from './score.js';

/** What the eyes make of one camera's frame, of which it is known what there was to be seen. */
export type Observe = (
  scene: Scene,
  cameraId: string,
  frame: number,
  seen: readonly SeenTruth[],
) => SeenFrame;
export const trueBoxes: Observe = (scene, cameraId, frame, seen) =>
  observedFrame(scene, cameraId, frame, TRUE_EYES, seen);
const NOISY: Eyes = { jitter: 0.03, miss: 0.04, misread: 0.03, misclass: 0.125 };
export const noisy: Observe = (scene, cameraId, frame, seen) =>
  observedFrame(scene, cameraId, frame, NOISY, seen);
export const NOISE =
  'boxes with 3 % jitter, 4 % missed, 3 % of reads wrong, one four-wheeler in eight taken for another in most looks';
/** By frame: what was there to be seen. */
type Truth = Map<string, readonly SeenTruth[]>;
/** Pixels from the picture's rim within which a vehicle is cut by it: the tracker places nobody there. */
const RIM = 5;
/** Metres a second below which the tracker takes a vehicle to stand. */
const STANDING = 0.8;
/** Frames of each camera judged at once, as a job would take them. */
const PORTION = 15;

export interface Result {
  readonly frames: number;
  readonly ms: number;
  readonly tallies: Map<LawRule, Tally>;
  readonly wrong: readonly string[];
}

export function runScene(order: SceneOrder, observe: Observe, tracked: Tracked): Result {
  const scene = makeScene(order);
  const { site } = scene.site;
  const truth: Truth = new Map();
  const all: SeenFrame[] = [];
  const judged: Judged[] = [];
  let state = emptyState(site.siteId);
  let ms = 0;
  for (let from = 0; from < scene.frames; from += PORTION) {
    const frames = portion(scene, from, observe, truth);
    all.push(...frames);
    const start = process.cpuUsage();
    const step = judge(state, frames, site, frames.at(-1)!.at);
    state = step.state;
    judged.push(...step.judged);
    ms += since(start);
  }
  const start = process.cpuUsage();
  judged.push(...judgeRest(state, site).judged);
  ms += since(start);
  const owners = ownersOf(truth, judged);
  scoreTracking(scene, all, truth, judged, owners, tracked);
  return { frames: truth.size, ms, ...scoreRules(scene, judged, owners) };
}

/** The next frames of all cameras, and what was there to be seen in them. */
function portion(scene: Scene, from: number, observe: Observe, truth: Truth): SeenFrame[] {
  const frames: SeenFrame[] = [];
  for (let i = from; i < Math.min(from + PORTION, scene.frames); i++)
    for (const cameraId of Object.keys(scene.site.optics)) {
      const seen = seenIn(scene, cameraId, i);
      const frame = observe(scene, cameraId, i, seen);
      frames.push(frame);
      truth.set(frame.id, seen);
    }
  return frames;
}

function since(start: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000;
}

/** Of each point of each passage: the true vehicle, by the box that was shown. */
export function ownersOf(truth: Truth, judged: readonly Judged[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { passage } of judged) {
    owners.set(
      passage.id,
      passage.points.map((point) => {
        let best = '';
        let most = 0;
        for (const one of truth.get(point.frameId)!) {
          const fit = overlap(one.box, point.box);
          if (fit > most) [best, most] = [one.id, fit];
        }
        return most >= LEAST_FIT ? best : '';
      }),
    );
  }
  return owners;
}

export function mainOwner(owners: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

export function scoreRules(
  scene: Scene,
  judged: readonly Judged[],
  owners: ReadonlyMap<string, string[]>,
): { tallies: Map<LawRule, Tally>; wrong: string[] } {
  const tallies = new Map<LawRule, Tally>();
  const of = (rule: string): Tally => {
    const known = tallies.get(rule as LawRule);
    if (known !== undefined) return known;
    const made = tally();
    tallies.set(rule as LawRule, made);
    return made;
  };
  const wrong: string[] = [];
  const found = new Set<string>();
  const ignored = new Set(scene.truth.void.map((act) => `${act.rule} ${act.vehicle}`));
  const owed = new Set(scene.truth.violations.map((act) => `${act.rule} ${act.vehicle}`));
  for (const { passage, findings } of judged) {
    const owner = mainOwner(owners.get(passage.id)!);
    for (const finding of findings) {
      const key = `${finding.rule} ${owner}`;
      if (ignored.has(key)) continue;
      if (owed.has(key) && !found.has(key)) found.add(key);
      else {
        of(finding.rule).falsely += 1;
        const role = scene.vehicles.find((vehicle) => vehicle.id === owner)?.role;
        wrong.push(
          `${scene.name} ${owner} (${role}): ${finding.rule}${found.has(key) ? ' twice' : ' fired'} ${JSON.stringify(finding.measured)}`,
        );
      }
    }
  }
  for (const act of scene.truth.violations) {
    const one = of(act.rule);
    one.violations += 1;
    if (found.has(`${act.rule} ${act.vehicle}`)) one.found += 1;
    else {
      one.missed += 1;
      const reasons = judged
        .filter(({ passage }) => mainOwner(owners.get(passage.id)!) === act.vehicle)
        .map(({ notFired }) => notFired.find((one) => one.rule === act.rule)?.reason ?? 'another finding');
      wrong.push(
        `${scene.name} ${act.vehicle} (${act.name}): ${act.rule} missed, ${reasons.join('; ') || 'no passage'}`,
      );
    }
  }
  for (const act of scene.truth.nearMisses) of(act.rule).nearMisses += 1;
  return { tallies, wrong };
}

function scoreTracking(
  scene: Scene,
  frames: readonly SeenFrame[],
  truth: Truth,
  judged: readonly Judged[],
  owners: ReadonlyMap<string, string[]>,
  tracked: Tracked,
): void {
  const { counts } = tracked;
  const passagesOf = new Map<string, number>();
  for (const { passage } of judged) {
    const of = owners.get(passage.id)!;
    const main = mainOwner(of);
    if (new Set(of.filter((owner) => owner !== '')).size > 1) counts.merges += 1;
    if (main !== '') passagesOf.set(main, (passagesOf.get(main) ?? 0) + 1);
    if (passage.plate?.accepted !== true) continue;
    counts.plates += 1;
    const vehicle = scene.vehicles.find((one) => one.id === main);
    if (passage.plate.text === vehicle?.plateText || passage.plate.text === vehicle?.rear?.text)
      counts.plateRight += 1;
    else counts.plateWrong += 1;
  }
  for (const passages of passagesOf.values()) counts.splits += passages - 1;
  const shown = motFrames(scene, frames, truth, judged);
  const mot = clearMot(shown);
  for (const key of Object.keys(mot) as (keyof typeof mot)[]) counts[key] += mot[key];
  tracked.vehicles += new Set(
    shown.flatMap((frame) => frame.truth.filter((one) => one.owed).map((one) => one.id)),
  ).size;
}

/** Every frame, with what was there and where the passages say that they were. */
function motFrames(
  scene: Scene,
  frames: readonly SeenFrame[],
  truth: Truth,
  judged: readonly Judged[],
): MotFrame[] {
  const said = new Map<string, MotFrame['said'][number][]>();
  const say = (frameId: string, passage: string, box: Box): void => {
    said.set(frameId, [...(said.get(frameId) ?? []), { passage, box }]);
  };
  for (const { passage } of judged) {
    passage.points.forEach((point, i) => {
      say(point.frameId, passage.id, point.box);
      const next = passage.points[i + 1];
      if (next === undefined || !stands(point) || !stands(next) || next.cameraId !== point.cameraId) return;
      // Of what stands one place a second is kept: in the frames between it is where it was.
      for (const frame of frames)
        if (frame.cameraId === point.cameraId && frame.at > point.at && frame.at < next.at)
          say(frame.id, passage.id, point.box);
    });
  }
  return frames.map((frame) => {
    const { width, height } = scene.site.optics[frame.cameraId]!;
    const whole = ([x0, y0, x1, y1]: Box): boolean =>
      x0 > RIM && y0 > RIM && x1 < width - RIM && y1 < height - RIM;
    return {
      truth: truth
        .get(frame.id)!
        .map(({ id, box, visible }) => ({ id, box, owed: visible >= LEAST_VISIBLE && whole(box) })),
      said: said.get(frame.id) ?? [],
    };
  });
}

const stands = ({ velocity }: { readonly velocity: readonly [number, number] }): boolean =>
  Math.hypot(...velocity) < STANDING;
