import { onDuty } from '../duty.js';
import { CALM } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { dips, flows, reach } from './dips.js';
import { breaksDown, BROKEN, calmly, comes, LANE, passes, X } from './road.js';

export const wrongLane: readonly Role[] = [
  breaks('wrong-lane', 'lorry-in-the-fast-lane', (cast, planner) => {
    const agent = calmly(cast, planner, {
      kind: 'truck',
      lane: 'fast',
      speed: cast.random.between(18.5, 21),
    });
    cast.violates(agent, 'wrong-lane', 'lorry-in-the-fast-lane');
  }),
  nearly(['wrong-lane', 'solid-line'], 'lorry-round-an-obstacle', (cast, planner) => {
    const r = cast.random;
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 55 },
      { lane: LANE.fast, from: 6, to: 38 },
      { lane: CALM, from: 0, to: 55 },
    ]);
    const y = r.between(34, 46);
    breaksDown(cast, { speed: 20, enters, y, seconds: 22, onward: 22, reportedBelow: 8, name: BROKEN });
    const speed = r.between(13, 16);
    const agent = comes(cast, {
      kind: 'truck',
      speed,
      enters: enters + 11,
      driver: dips(y + 66, y - 30, speed, X.slow - X.fast),
    });
    cast.misses(agent, ['wrong-lane', 'solid-line'], 'lorry-round-an-obstacle', flows);
  }),
  nearly('wrong-lane', 'lorry-drifts-over', (cast, planner) => {
    const speed = cast.random.between(18.5, 21);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.fast, at: 0, speed },
    ]);
    const agent = comes(cast, {
      kind: 'truck',
      style: 'small-truck',
      speed,
      enters,
      driver: dips(88, 72, speed, -cast.random.between(1.9, 2.3)),
    });
    cast.misses(agent, ['wrong-lane', 'solid-line'], 'lorry-drifts-over', ({ vehicle }) => {
      const over = vehicle.poses.filter((pose) => pose.at[0] > 1.5);
      return reach(over) < 26 && over.every((pose) => pose.at[1] > 48);
    });
  }),
  nearly('wrong-lane', 'fire-engine-on-duty', (cast, planner) => {
    const speed = cast.random.between(19, 22);
    const agent = onDuty(
      cast,
      passes(cast, planner, {
        style: 'flatbed-truck',
        kind: 'truck',
        lane: 'fast',
        speed,
        driver: () => ({ speed, beacon: true }),
      }),
      'fire',
    );
    cast.misses(agent, ['wrong-lane'], 'fire-engine-on-duty');
  }),
];
