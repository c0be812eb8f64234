import { inOneFrame, unsure, withoutPictures, type Claimed } from '../claims.js';
import { breaks, type Role } from '../role.js';
import { passes } from './road.js';

const claimed =
  (rule: string): Claimed =>
  (cast, planner, options) => {
    const agent = passes(cast, planner, {
      kind: cast.random.pick(['car', 'car', 'truck'] as const),
      speed: cast.random.between(19, 21.5),
    });
    cast.code(agent, rule, { every: 2, when: (pose) => pose.at[1] > 15 && pose.at[1] < 45, ...options });
    return agent;
  };

/** What a camera claims of somebody in a cabin: belt and phone. */
const cabin = (rule: string): readonly Role[] => [
  breaks(rule, `no-${rule}`, (cast, planner) =>
    cast.violates(claimed(rule)(cast, planner, { region: true, most: 4 }), rule, `${rule}-shown`),
  ),
  withoutPictures(rule, claimed(rule), 4),
  inOneFrame(rule, claimed(rule)),
  unsure(rule, claimed(rule), 4),
];

export const seatBelt = cabin('seat-belt');
export const phone = cabin('phone');
