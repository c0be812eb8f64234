import { breaks, nearly, type Role } from '../role.js';
import { backs } from '../steps.js';
import { stops } from './stops.js';

export const reversing: readonly Role[] = [
  breaks('reversing', 'reverses-in-the-street', (cast, planner) => {
    const r = cast.random;
    const metres = r.between(8, 18);
    const agent = stops(cast, planner, {
      y: r.between(24, 34),
      seconds: 10 + metres,
      lane: 'cars',
      there: backs(metres, r.between(1.4, 2.6)),
    });
    cast.violates(agent, 'reversing', 'reverses-in-the-street');
    cast.misses(agent, ['wrong-way'], 'reverses-in-the-street');
  }),
  nearly(['reversing', 'wrong-way'], 'shunts-a-little', (cast, planner) => {
    const agent = stops(cast, planner, {
      y: cast.random.between(-46, -30),
      seconds: 10,
      lane: 'cars',
      there: backs(cast.random.between(0.8, 2.6), 1),
    });
    cast.misses(agent, ['reversing', 'wrong-way'], 'shunts-a-little');
  }),
];
