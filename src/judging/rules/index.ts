import type { Rule } from '../finding.js';
import { emergencyLane } from './emergency-lane.js';
import { redLight } from './red-light.js';
import { speeding } from './speeding.js';
import { wrongWay } from './wrong-way.js';

/** All rules, the more specific offence before the more general: of two with one row of the law, the first stands. */
export const rules: readonly Rule[] = [speeding, redLight, wrongWay, emergencyLane];
