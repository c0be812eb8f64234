import type { Light, Weather } from '../picture-spec.js';
import { Random, seedOf } from '../scene/random.js';
import { twinSites, type TwinSiteName } from '../sites/index.js';
import { Cast } from './cast.js';
import { heard } from './heard.js';
import { Planner } from './planner.js';
import { worlds } from './roles/index.js';
import type { Role } from './roles/role.js';
import { FPS, simulate } from './simulate.js';
import type { Scene, TrueAct } from './types.js';

export interface SceneOrder {
  readonly site: TwinSiteName;
  readonly seed: number;
  /** Scripts to play, by name; by default a random tenth of the traffic. */
  readonly roles?: readonly string[];
  /** Vehicles of plain traffic beside the scripts. */
  readonly plain?: number;
  /** Instant of the first frame. Restricted hours follow from it. */
  readonly startsAt?: string;
  readonly light?: Light;
  readonly weather?: Weather;
  /** Cuts the clip; whoever has not left by then is left on the road. */
  readonly seconds?: number;
}

const MIDDAY = '2026-11-20T04:00:00.000Z';

/** The scripts of a site, in a fixed order. */
export const rolesOf = (site: TwinSiteName): readonly Role[] => worlds[site].roles;

/** A clip without pictures. The same order gives the same clip. @throws {RangeError} for a script that the site does not know */
export function makeScene(order: SceneOrder): Scene {
  const twin = twinSites[order.site];
  const world = worlds[order.site];
  const random = new Random(seedOf(order.seed, `behaviour ${order.site}`));
  const startsAt = new Date(order.startsAt ?? MIDDAY).toISOString();
  const cast = new Cast(twin, random);
  const planner = new Planner();
  const wanted = order.roles ?? someRoles(world.roles, random, (order.seconds ?? 40) / 12);
  const stage = world.stage(cast, planner, { startsAt, seconds: order.seconds ?? 60 });
  for (const name of wanted) {
    const role = world.roles.find((one) => one.name === name);
    if (role === undefined) throw new RangeError(`${order.site} has no script "${name}"`);
    role.play(cast, planner);
  }
  const plain = order.plain ?? Math.round((order.seconds ?? 40) / 2.5);
  for (let i = 0; i < plain; i++) world.plain(cast, planner);
  const run = simulate(twin.site, cast.agents);
  const frames = order.seconds === undefined ? run : Math.min(run, Math.round(order.seconds * FPS));
  const lamps = stage.lamps(frames);
  const told = cast.finish(stage.lamps(run));
  const vehicles = told.vehicles.filter((vehicle) => vehicle.enters < frames);
  const claims = told.claims.filter((claim) => claim.frame < frames);
  const whole = (act: TrueAct): boolean => act.to < frames;
  const known = (act: TrueAct): boolean => whole(act) && heard({ site: twin, vehicles, claims }, act);
  return {
    name: `${order.site}-${order.seed}`,
    seed: order.seed,
    site: twin,
    startsAt,
    fps: FPS,
    frames,
    light: order.light ?? 'day',
    weather: order.weather ?? 'dry',
    vehicles,
    lamps,
    claims,
    truth: {
      violations: told.violations.filter(known),
      nearMisses: told.nearMisses.filter(whole),
      void: [
        ...told.void,
        ...told.violations.filter((act) => !known(act)),
        ...told.nearMisses.filter((act) => !whole(act)),
      ],
    },
  };
}

function someRoles(roles: readonly Role[], random: Random, count: number): string[] {
  const anyTime = roles.filter((role) => role.when === undefined);
  return Array.from({ length: Math.max(1, Math.round(count)) }, () => random.pick(anyTime).name);
}
