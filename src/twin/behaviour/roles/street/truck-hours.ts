import { onDuty } from '../duty.js';
import { breaks, nearly, type Role } from '../role.js';
import { passes } from './road.js';

export const truckHours: readonly Role[] = [
  breaks(
    'truck-hours',
    'lorry-in-restricted-hours',
    (cast, planner) => {
      cast.violates(
        passes(cast, planner, {
          kind: 'truck',
          lane: cast.random.pick(['mixed', 'cars'] as const),
          speed: cast.random.between(8, 12),
        }),
        'truck-hours',
        'lorry-in-restricted-hours',
      );
    },
    'hours',
  ),
  nearly(
    'truck-hours',
    'lorry-outside-the-hours',
    (cast, planner) => {
      cast.misses(
        passes(cast, planner, {
          kind: 'truck',
          lane: cast.random.pick(['mixed', 'cars'] as const),
          speed: cast.random.between(8, 12),
        }),
        ['truck-hours'],
        'lorry-outside-the-hours',
      );
    },
    'free',
  ),
  nearly(
    'truck-hours',
    'fire-engine-in-the-hours',
    (cast, planner) => {
      const speed = cast.random.between(8, 13);
      const agent = onDuty(
        cast,
        passes(cast, planner, {
          kind: 'truck',
          style: 'box-truck',
          speed,
          driver: () => ({ speed, beacon: true }),
        }),
        'fire',
      );
      cast.misses(agent, ['truck-hours'], 'fire-engine-in-the-hours');
    },
    'hours',
  ),
  nearly(
    'truck-hours',
    'van-in-the-hours',
    (cast, planner) => {
      cast.misses(
        passes(cast, planner, { style: 'van', speed: cast.random.between(8, 12) }),
        ['truck-hours'],
        'van-in-the-hours',
      );
    },
    'hours',
  ),
];
