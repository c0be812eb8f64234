import type { LampState } from '../../picture-spec.js';
import type { TwinSiteName } from '../../sites/index.js';
import type { Cast } from '../cast.js';
import type { Planner } from '../planner.js';
import * as expressway from './expressway/index.js';
import * as junction from './junction/index.js';
import * as street from './street/index.js';
import type { Role } from './role.js';

/** What stands still in behaviour: the signals' programme. */
export interface Stage {
  lamps(frames: number): Record<string, LampState[]>;
}

export interface World {
  readonly roles: readonly Role[];
  readonly plain: (cast: Cast, planner: Planner) => void;
  readonly stage: (cast: Cast, planner: Planner, clip: { startsAt: string; seconds: number }) => Stage;
}

const unlit = (): Stage => ({ lamps: () => ({}) });
const half =
  (a: World['plain'], b: World['plain'], share: number): World['plain'] =>
  (cast, planner) =>
    cast.random.chance(share) ? a(cast, planner) : b(cast, planner);

export const worlds: Readonly<Record<TwinSiteName, World>> = {
  expressway: {
    roles: expressway.roles,
    plain: half(expressway.opposite, expressway.plain, 0.25),
    stage: unlit,
  },
  junction: { roles: junction.roles, plain: junction.plain, stage: () => ({ lamps: junction.programme }) },
  street: { roles: street.roles, plain: street.plain, stage: unlit },
};
