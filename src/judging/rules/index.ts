import type { Rule } from '../finding.js';
import { belowMinimum } from './below-minimum.js';
import { helmet, helmetPassenger, phone, seatBelt } from './claimed.js';
import { emergencyLane } from './emergency-lane.js';
import { forbiddenClass } from './forbidden-class.js';
import { redLight } from './red-light.js';
import { reversing } from './reversing.js';
import { solidLine } from './solid-line.js';
import { speeding } from './speeding.js';
import { stopping } from './stopping.js';
import { tooClose } from './too-close.js';
import { wrongLane } from './wrong-lane.js';
import { wrongWay } from './wrong-way.js';
import { noEntry, truckHours } from './zones.js';

/** All rules, the more specific offence before the more general: of two with one row of the law, the first stands. */
export const rules: readonly Rule[] = [
  speeding,
  redLight,
  forbiddenClass,
  wrongWay,
  reversing,
  emergencyLane,
  stopping,
  truckHours,
  noEntry,
  wrongLane,
  solidLine,
  tooClose,
  belowMinimum,
  phone,
  seatBelt,
  helmet,
  helmetPassenger,
];
