import { makeScene, rolesOf, type Scene } from '../../src/twin/behaviour/index.js';
import type { Light, Weather } from '../../src/twin/picture-spec.js';
import type { TwinSiteName } from '../../src/twin/sites/index.js';
import { EVERY, framesOf } from './shown.js';
import { nearly, proved } from './spans.js';

/** A piece of a story as one camera or all of its site film it, with the acts that their frames prove. */
export interface Window {
  readonly name: string;
  readonly scene: Scene;
  readonly cameras: readonly string[];
  readonly every: number;
  readonly from: number;
  readonly to: number;
  readonly violations: readonly string[];
  readonly nearMisses: readonly string[];
}

/** Seeds that no training uses. */
const FIRST_SEED = 20_000;
const FIRST_TOGETHER = 40_000;
/** Frames of a story that a window has at most. */
const LONGEST = 130;
const LONGEST_TOGETHER = 200;
/** On which roads, of how many stories the best window is taken, and how much happens in each, also in the turn of near misses. */
export interface PlanSize {
  readonly roads: readonly { readonly site: TwinSiteName; readonly startsAt: string }[];
  readonly stories: number;
  readonly roles: Roles;
  readonly nearTurn: Roles;
  /** What happens is shown by all cameras of the site, and who does it goes from one into the next. */
  readonly together?: boolean;
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
export function* windowPlan(size: Partial<PlanSize> = {}): Generator<Window> {
  const { roads, stories, roles: usual, nearTurn, together = false } = { ...FULL, ...size };
  const counts = new Map<string, number>();
  for (let i = 0; ; i++) {
    const { site, startsAt } = roads[i % roads.length]!;
    const [light, weather] = CONDITIONS[(i + Math.floor(i / CONDITIONS.length)) % CONDITIONS.length]!;
    const near = i % 3 === 2;
    const roles = rarest(site, startsAt.includes('T00'), counts, i, near ? nearTurn : usual);
    const first = (together ? FIRST_TOGETHER : FIRST_SEED) + i * stories;
    const best = Array.from({ length: stories }, (_, k) => first + k)
      .map((seed) => makeScene({ site, startsAt, light, weather, seed, roles, plain: 2 }))
      .flatMap((scene) => {
        const cameras = Object.keys(scene.site.optics);
        return together ? windowsOf(scene, cameras) : cameras.flatMap((camera) => windowsOf(scene, [camera]));
      })
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

function windowsOf(scene: Scene, cameras: readonly string[]): Window[] {
  const longest = cameras.length > 1 ? LONGEST_TOGETHER : LONGEST;
  const seen = framesOf(scene, cameras);
  const spans = [...proved(scene, seen, cameras), ...nearly(scene, seen)].filter(
    (one) => one.to - one.from <= longest,
  );
  const starts = [...new Set(spans.map((one) => one.from))];
  const ends = [...new Set(spans.map((one) => one.to))];
  return starts.flatMap((from) =>
    ends
      .filter((to) => to > from && to - from <= longest)
      .flatMap((to) => {
        const within = spans.filter((one) => one.from >= from && one.to <= to);
        const proof = within.filter((one) => one.violation);
        if (within.length === 0) return [];
        return [
          {
            name: '',
            scene,
            cameras,
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
