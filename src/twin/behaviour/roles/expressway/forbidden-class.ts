import { onDuty } from '../duty.js';
import { breaks, nearly, type Role } from '../role.js';
import { passes } from './road.js';

export const forbiddenClass: readonly Role[] = [
  breaks('forbidden-class', 'motorcycle-on-expressway', (cast, planner) => {
    const r = cast.random;
    const lane = r.pick(['emergency', 'emergency', 'slow'] as const);
    const speed = r.between(12, 20);
    const agent = passes(cast, planner, { kind: 'motorcycle', lane, speed });
    cast.violates(agent, 'forbidden-class', 'motorcycle-on-expressway');
    cast.misses(agent, ['emergency-lane'], 'motorcycle-on-expressway');
  }),
  nearly('forbidden-class', 'motorcycle-on-duty', (cast, planner) => {
    const speed = cast.random.between(14, 22);
    const agent = onDuty(
      cast,
      passes(cast, planner, {
        kind: 'motorcycle',
        lane: 'emergency',
        speed,
        driver: () => ({ speed, beacon: true }),
      }),
      'police',
    );
    cast.misses(agent, ['forbidden-class', 'emergency-lane'], 'motorcycle-on-duty');
  }),
  nearly('forbidden-class', 'small-car', (cast, planner) =>
    cast.misses(
      passes(cast, planner, { style: 'hatchback', speed: cast.random.between(19, 24) }),
      ['forbidden-class'],
      'small-car',
    ),
  ),
];
