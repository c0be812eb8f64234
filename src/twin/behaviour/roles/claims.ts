import type { Cast } from '../cast.js';
import type { Agent } from '../drive.js';
import type { Planner } from '../planner.js';
import { nearly, type Role } from './role.js';

/** Sends a vehicle of which a device claims something, as the options say. */
export type Claimed = (
  cast: Cast,
  planner: Planner,
  options: NonNullable<Parameters<Cast['code']>[2]>,
) => Agent;

/** The near misses of every rule that rests on a claim: it shows nothing, it shows one frame, it is not sure. */
export const withoutPictures = (rule: string, claimed: Claimed, most: number): Role =>
  nearly(rule, `${rule}-without-pictures`, (cast, planner) =>
    cast.misses(claimed(cast, planner, { most }), [rule], `${rule}-without-pictures`),
  );

export const inOneFrame = (rule: string, claimed: Claimed): Role =>
  nearly(rule, `${rule}-in-one-frame`, (cast, planner) =>
    cast.misses(claimed(cast, planner, { region: true, most: 1 }), [rule], `${rule}-in-one-frame`),
  );

export const unsure = (rule: string, claimed: Claimed, most: number): Role =>
  nearly(rule, `${rule}-unsure`, (cast, planner) =>
    cast.misses(
      claimed(cast, planner, { region: true, most, confidence: cast.random.between(0.3, 0.72) }),
      [rule],
      `${rule}-unsure`,
    ),
  );
