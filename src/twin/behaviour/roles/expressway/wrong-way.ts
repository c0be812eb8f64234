import type { Wish } from '../../drive.js';
import { onDuty } from '../duty.js';
import { breaks, nearly, type Role } from '../role.js';
import { against } from './road.js';

export const wrongWay: readonly Role[] = [
  breaks('wrong-way', 'drives-against', (cast, planner) => {
    const r = cast.random;
    const agent = against(cast, planner, {
      lane: r.pick(['emergency', 'emergency', 'fast'] as const),
      speed: r.between(9, 20),
      kind: r.pick(['car', 'car', 'truck'] as const),
    });
    cast.violates(agent, 'wrong-way', 'drives-against');
  }),
  nearly('wrong-way', 'police-against', (cast, planner) => {
    const speed = cast.random.between(9, 16);
    const driver = (): Wish => ({ speed, beacon: true });
    const agent = onDuty(
      cast,
      against(cast, planner, { lane: 'emergency', speed, style: 'suv', driver }),
      'police',
    );
    cast.misses(agent, ['wrong-way'], 'police-against');
  }),
];
