import type { Role } from '../role.js';
import { belowMinimum } from './below-minimum.js';
import { phone, seatBelt } from './claims.js';
import { emergencyLane } from './emergency-lane.js';
import { forbiddenClass } from './forbidden-class.js';
import { reversing } from './reversing.js';
import { solidLine } from './solid-line.js';
import { speeding } from './speeding.js';
import { stopping } from './stopping.js';
import { tooClose } from './too-close.js';
import { wrongLane } from './wrong-lane.js';
import { wrongWay } from './wrong-way.js';

export { opposite, plain } from './plain.js';

/** The order is part of every seed: new scripts go to the end of their rule. */
export const roles: readonly Role[] = [
  ...speeding,
  ...emergencyLane,
  ...wrongWay,
  ...reversing,
  ...stopping,
  ...forbiddenClass,
  ...solidLine,
  ...wrongLane,
  ...tooClose,
  ...belowMinimum,
  ...seatBelt,
  ...phone,
];
