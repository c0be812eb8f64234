import type { Role } from '../role.js';
import { helmet, helmetPassenger, phone } from './claims.js';
import { noEntry } from './no-entry.js';
import { reversing } from './reversing.js';
import { solidLine } from './solid-line.js';
import { speeding } from './speeding.js';
import { stopping } from './stopping.js';
import { truckHours } from './truck-hours.js';
import { wrongLane } from './wrong-lane.js';
import { wrongWay } from './wrong-way.js';

export { plain } from './plain.js';

/** The order is part of every seed: new scripts go to the end of their rule. */
export const roles: readonly Role[] = [
  ...speeding,
  ...wrongWay,
  ...reversing,
  ...stopping,
  ...wrongLane,
  ...solidLine,
  ...truckHours,
  ...noEntry,
  ...helmet,
  ...helmetPassenger,
  ...phone,
];
