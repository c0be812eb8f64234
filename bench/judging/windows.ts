import type { FrameClaims, SeenFrame } from '../../src/judging/frame.js';
import { judgeFrames } from '../../src/judging/replay.js';
import type { Judged } from '../../src/judging/judge.js';
import { overlap } from '../../src/judging/tracking/associate.js';
import {
  claimsIn,
  makeScene,
  observedFrame,
  rolesOf,
  seenIn,
  TRUE_EYES,
  type Scene,
  type SeenTruth,
  type TrueAct,
} from '../../src/twin/behaviour/index.js';
import type { Light, Weather } from '../../src/twin/picture-spec.js';
import type { TwinSiteName } from '../../src/twin/sites/index.js';

/** A piece of a story as one camera films it, with the acts that its frames prove. */
export interface Window {
  readonly name: string;
  readonly scene: Scene;
  readonly cameraId: string;
  readonly every: number;
  readonly from: number;
  readonly to: number;
  readonly violations: readonly string[];
  readonly nearMisses: readonly string[];
}

/** Seeds that no training uses. */
const FIRST_SEED = 20_000;
const EVERY = 2;
/** Frames of the story before and after the fewest that prove an act. */
const MARGIN = 9;
/** Proofs that last longer than this are cut as far as they hold. */
const LONG = 50;
const LONGEST = 130;
/** On which roads, of how many stories the best window is taken, and how much happens in each, also in the turn of near misses. */
export interface PlanSize {
  readonly roads: readonly { readonly site: TwinSiteName; readonly startsAt: string }[];
  readonly stories: number;
  readonly roles: Roles;
  readonly nearTurn: Roles;
}
interface Roles {
  readonly breaking: number;
  readonly near: number;
}
/** Three in four by day and dry. */
const CONDITIONS: readonly (readonly [Light, Weather])[] = [
  ['day', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['night', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['day', 'rain'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['dusk', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['low-sun', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['day', 'dry'],
  ['night', 'rain'],
];
/** Rules for which a device speaks: the eyes only have to find the vehicle. */
const SAID = new Set([
  'speeding',
  'below-minimum',
  'too-close',
  'seat-belt',
  'phone',
  'helmet',
  'helmet-passenger',
]);
const ROADS: PlanSize['roads'] = [
  { site: 'junction', startsAt: '2026-11-20T03:00:00.000Z' },
  { site: 'street', startsAt: '2026-11-20T03:00:00.000Z' },
  { site: 'expressway', startsAt: '2026-11-20T03:00:00.000Z' },
  { site: 'street', startsAt: '2026-11-20T00:30:00.000Z' },
  { site: 'expressway', startsAt: '2026-11-20T03:00:00.000Z' },
];
const FULL: PlanSize = {
  roads: ROADS,
  stories: 2,
  roles: { breaking: 10, near: 5 },
  nearTurn: { breaking: 3, near: 13 },
};

/**
 * Windows for the eyes: of some stories the one in which the most acts, the rarer the better, are shown a frame. Judging with true
 * boxes finds each violation in these very frames, and still would were they fewer at both ends. Every third window is chosen for
 * its near misses. Any first part is balanced.
 */
export function* windowPlan({ roads, stories, roles: usual, nearTurn }: PlanSize = FULL): Generator<Window> {
  const counts = new Map<string, number>();
  for (let i = 0; ; i++) {
    const { site, startsAt } = roads[i % roads.length]!;
    const [light, weather] = CONDITIONS[(i + Math.floor(i / CONDITIONS.length)) % CONDITIONS.length]!;
    const near = i % 3 === 2;
    const roles = rarest(site, startsAt.includes('T00'), counts, i, near ? nearTurn : usual);
    const best = Array.from({ length: stories }, (_, k) => FIRST_SEED + i * stories + k)
      .map((seed) => makeScene({ site, startsAt, light, weather, seed, roles, plain: 2 }))
      .flatMap((scene) => Object.keys(scene.site.optics).flatMap((cameraId) => windowsOf(scene, cameraId)))
      .map((window) => ({ window, worth: worthOf(window, counts, near ? [0.3, 1] : [1, 0.4]) }))
      .sort((a, b) => b.worth - a.worth)[0];
    if (best === undefined) continue;
    const { window } = best;
    for (const key of [...window.violations, ...window.nearMisses].flatMap(wordsOf))
      counts.set(key, (counts.get(key) ?? 0) + 1);
    yield { ...window, name: `${site}-${window.scene.seed}-${light}-${weather}` };
  }
}

/** Rule and script of an act. */
const wordsOf = (act: string): string[] => act.split(' ').slice(0, 2);

/** Scripts of which there are fewest so far; those that break the law and those that do not in turn. */
function rarest(
  site: TwinSiteName,
  hours: boolean,
  counts: ReadonlyMap<string, number>,
  turn: number,
  most: Roles,
): string[] {
  const roles = rolesOf(site).filter((role) => role.when === undefined || (role.when === 'hours') === hours);
  const shifted = roles.map((_, k) => roles[(k + turn * 5) % roles.length]!);
  const count = (name: string): number => counts.get(name) ?? 0;
  const [breaking, near] = [true, false].map((violation) =>
    shifted
      .filter((role) => role.violation === violation)
      .sort((a, b) => count(a.name) + count(a.rules[0]!) - count(b.name) - count(b.rules[0]!)),
  ) as [typeof roles, typeof roles];
  const first = (list: typeof roles, most: number) =>
    Array.from({ length: most }, (_, k) => list[k % list.length]!.name);
  return [...first(breaking, most.breaking), ...first(near, most.near)];
}

function worthOf(
  window: Window,
  counts: ReadonlyMap<string, number>,
  [violation, nearMiss]: readonly [number, number],
): number {
  const worth = (acts: readonly string[], most: number): number =>
    acts.map(wordsOf).reduce((sum, [rule, script]) => {
      const known = (counts.get(rule!) ?? 0) + (counts.get(script!) ?? 0);
      return sum + (most * (SAID.has(rule!) ? 0.5 : 1)) / (2 + known) ** 0.8;
    }, 0);
  const frames = (window.to - window.from) / EVERY;
  return (worth(window.violations, violation) + worth(window.nearMisses, nearMiss)) / (4 + frames);
}

interface Span {
  readonly name: string;
  readonly violation: boolean;
  readonly from: number;
  readonly to: number;
}

function windowsOf(scene: Scene, cameraId: string): Window[] {
  const seen = framesOf(scene, cameraId);
  const spans = [...proved(scene, seen), ...nearly(scene, seen)].filter(
    (one) => one.to - one.from <= LONGEST,
  );
  const starts = [...new Set(spans.map((one) => one.from))];
  const ends = [...new Set(spans.map((one) => one.to))];
  return starts.flatMap((from) =>
    ends
      .filter((to) => to > from && to - from <= LONGEST)
      .flatMap((to) => {
        const within = spans.filter((one) => one.from >= from && one.to <= to);
        const proof = within.filter((one) => one.violation);
        if (within.length === 0) return [];
        return [
          {
            name: '',
            scene,
            cameraId,
            every: EVERY,
            from,
            to,
            violations: proof.map((one) => one.name),
            nearMisses: within.filter((one) => !one.violation).map((one) => one.name),
          },
        ];
      }),
  );
}

export interface Shown {
  readonly frame: number;
  readonly seen: readonly SeenTruth[];
  readonly as: SeenFrame;
}

/** A camera's frames of a story as a clip of it has them, with what is truly there. */
export function framesOf(scene: Scene, cameraId: string): Shown[] {
  return Array.from({ length: Math.floor(scene.frames / EVERY) }, (_, k) => {
    const frame = k * EVERY;
    const seen = seenIn(scene, cameraId, frame);
    const as = observedFrame(scene, cameraId, frame, TRUE_EYES, seen);
    // Frames that are not filmed leave their claims to the one before.
    const claims = Array.from({ length: EVERY }, (__, n) => claimsIn(scene, cameraId, frame + n, seen));
    return { frame, seen, as: { ...as, claims: merged(claims) } };
  });
}

function merged(all: readonly FrameClaims[]): FrameClaims {
  const [speeds, distances, codes] = [
    all.flatMap((one) => one.speeds ?? []),
    all.flatMap((one) => one.distances ?? []),
    all.flatMap((one) => one.codes ?? []),
  ];
  return {
    ...(speeds.length > 0 ? { speeds } : {}),
    ...(distances.length > 0 ? { distances } : {}),
    ...(codes.length > 0 ? { codes } : {}),
  };
}

/** Violations that these frames prove, each with the fewest frames that prove it and some around them. */
function proved(scene: Scene, shown: readonly Shown[]): Span[] {
  const { site } = scene.site;
  const frameOf = new Map(shown.map((one) => [one.as.id, one]));
  const judged = (from: number, to: number): Judged[] =>
    judgeFrames(
      shown.filter(({ frame }) => frame >= from && frame <= to).map((one) => one.as),
      site,
    );
  const all = judged(0, Infinity);
  return scene.truth.violations.flatMap((act) => {
    const finding = findingOf(act, all, frameOf);
    if (finding === undefined) return [];
    const proof = finding.evidence.flatMap(({ frameId }) => frameOf.get(frameId)?.frame ?? []);
    const holds = (from: number, to: number): boolean =>
      findingOf(act, judged(from, to), frameOf) !== undefined;
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

/** Near misses with the best three seconds in which their vehicle is seen. */
function nearly(scene: Scene, shown: readonly Shown[]): Span[] {
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

function findingOf(
  act: TrueAct,
  judged: readonly Judged[],
  frameOf: ReadonlyMap<string, Shown>,
): Judged['findings'][number] | undefined {
  return judged
    .filter(({ passage }) => {
      const mine = passage.points.filter((point) => {
        const one = frameOf.get(point.frameId)!.seen.find((vehicle) => vehicle.id === act.vehicle);
        return one !== undefined && overlap(one.box, point.box) >= 0.4;
      });
      return mine.length > passage.points.length / 2;
    })
    .flatMap((one) => one.findings)
    .find((finding) => finding.rule === act.rule);
}
