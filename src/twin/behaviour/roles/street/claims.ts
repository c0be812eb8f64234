import type { VehicleKind } from '../../../../vision/observation.js';
import { inOneFrame, unsure, withoutPictures, type Claimed } from '../claims.js';
import { breaks, nearly, type Role } from '../role.js';
import { stops } from './stops.js';
import { passes } from './road.js';

const claimed =
  (rule: string, kind: VehicleKind): Claimed =>
  (cast, planner, options) => {
    const agent = passes(cast, planner, {
      kind,
      lane: kind === 'motorcycle' ? 'moto' : 'cars',
      speed: cast.random.between(8, 11),
    });
    cast.code(agent, rule, { every: 2, when: (pose) => pose.at[1] < -15 && pose.at[1] > -40, ...options });
    return agent;
  };

/** What a camera claims of the heads on a motorcycle. */
const heads = (rule: 'helmet' | 'helmet-passenger'): readonly Role[] => {
  const rider = claimed(rule, 'motorcycle');
  return [
    breaks(rule, `no-${rule}`, (cast, planner) => {
      const agent = rider(cast, planner, { region: true, most: 5 });
      Object.assign(agent.looks, {
        riders: agent.looks.riders.map((one, i) =>
          i === (rule === 'helmet' ? 0 : 1) ? { ...one, helmet: false } : one,
        ),
      });
      cast.violates(agent, rule, `no-${rule}`);
    }),
    unsure(rule, rider, 5),
    withoutPictures(rule, rider, 5),
    inOneFrame(rule, rider),
    nearly(rule, `${rule}-claimed-of-a-car`, (cast, planner) =>
      cast.misses(
        claimed(rule, 'car')(cast, planner, { region: true, most: 5 }),
        [rule],
        `${rule}-claimed-of-a-car`,
      ),
    ),
  ];
};

export const helmet = heads('helmet');
export const helmetPassenger = heads('helmet-passenger');

export const phone: readonly Role[] = [
  breaks('phone', 'phone-on-a-motorcycle', (cast, planner) =>
    cast.violates(
      claimed('phone', 'motorcycle')(cast, planner, { region: true, most: 5 }),
      'phone',
      'phone-on-a-motorcycle',
    ),
  ),
  nearly('phone', 'phone-while-standing', (cast, planner) => {
    const agent = stops(cast, planner, { y: cast.random.between(26, 44), seconds: 5 });
    cast.code(agent, 'phone', { every: 4, most: 6, region: true, when: (pose) => pose.speed < 0.3 });
    cast.misses(agent, ['phone'], 'phone-while-standing');
  }),
];
