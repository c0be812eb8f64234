import { onDuty } from '../duty.js';
import { breaks, nearly, type Role } from '../role.js';
import { backs } from '../steps.js';
import { pullsOver } from './pulls-over.js';

export const reversing: readonly Role[] = [
  breaks('reversing', 'reverses', (cast, planner) => {
    const r = cast.random;
    const metres = r.between(8, 22);
    const agent = pullsOver(
      cast,
      planner,
      metres / 2 + 8,
      r.between(25, 38),
      backs(metres, r.between(1.6, 3)),
      { indicator: 'hazard' },
      r.pick(['car', 'car', 'truck'] as const),
    );
    cast.code(agent, 'hazard-lamps', { every: 6, when: (pose) => Math.abs(pose.speed) < 4 });
    cast.violates(agent, 'reversing', 'reverses');
    cast.misses(agent, ['wrong-way'], 'reverses');
  }),
  nearly(['reversing', 'wrong-way'], 'rolls-back-a-little', (cast, planner) => {
    const agent = pullsOver(
      cast,
      planner,
      9,
      cast.random.between(25, 50),
      backs(cast.random.between(0.8, 2.6), 1),
      { indicator: 'hazard' },
    );
    cast.code(agent, 'hazard-lamps', { every: 6, when: (pose) => Math.abs(pose.speed) < 4 });
    cast.misses(agent, ['reversing', 'wrong-way'], 'rolls-back-a-little');
  }),
  nearly('reversing', 'police-reverses', (cast, planner) => {
    const agent = pullsOver(
      cast,
      planner,
      16,
      cast.random.between(25, 38),
      backs(12, 2.4, { beacon: true }),
      { indicator: 'hazard', beacon: true },
    );
    onDuty(cast, agent, 'police');
    cast.misses(agent, ['reversing', 'stopping', 'emergency-lane'], 'police-reverses');
  }),
];
