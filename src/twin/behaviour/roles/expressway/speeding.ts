import type { Cast } from '../../cast.js';
import type { Agent } from '../../drive.js';
import type { Planner } from '../../planner.js';
import { kept, kmh } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { comes, LANE, METERED, passes } from './road.js';

function speeds(
  over: (r: Cast['random']) => number,
  then: (cast: Cast, agent: Agent, speed: number) => void,
) {
  return (cast: Cast, planner: Planner): void => {
    const truck = cast.random.chance(0.3);
    const speed = kmh((truck ? 80 : 100) + over(cast.random));
    const agent = passes(cast, planner, {
      kind: truck ? 'truck' : 'car',
      lane: truck ? 'slow' : 'fast',
      speed,
    });
    then(cast, agent, speed);
  };
}

export const speeding: readonly Role[] = [
  breaks(
    'speeding',
    'speeds',
    speeds(
      (r) => r.between(6, 48),
      (cast, agent, speed) => {
        cast.speed(agent, { ...METERED, times: cast.random.whole(1, 3) });
        cast.violates(agent, 'speeding', 'speeds', kept(60, 25, speed));
      },
    ),
  ),
  nearly(
    'speeding',
    'a-little-over',
    speeds(
      (r) => r.between(0.8, 4.2),
      (cast, agent) => {
        cast.speed(agent, METERED);
        cast.misses(agent, ['speeding'], 'a-little-over');
      },
    ),
  ),
  nearly(
    'speeding',
    'fast-but-uncertified',
    speeds(
      (r) => r.between(8, 40),
      (cast, agent) => {
        cast.speed(agent, { ...METERED, device: 'R24-9999' });
        cast.misses(agent, ['speeding'], 'fast-but-uncertified');
      },
    ),
  ),
  nearly(
    'speeding',
    'fast-but-unmeasured',
    speeds(
      (r) => r.between(8, 40),
      (cast, agent) => cast.misses(agent, ['speeding'], 'fast-but-unmeasured'),
    ),
  ),
  nearly(
    'speeding',
    'wild-reading',
    speeds(
      (r) => r.between(-15, -3),
      (cast, agent) => {
        cast.speed(agent, { ...METERED, times: 1, bias: cast.random.between(40, 70) });
        cast.misses(agent, ['speeding'], 'wild-reading');
      },
    ),
  ),
  nearly('speeding', 'two-in-the-beam', (cast, planner) => {
    const speed = kmh(cast.random.between(112, 135));
    const enters = planner.take([
      { lane: LANE.fast, at: 0, speed },
      { lane: LANE.slow, at: 0.2, speed },
    ]);
    const agent = comes(cast, { lane: 'fast', speed, enters });
    comes(cast, { lane: 'slow', speed, enters: enters + 0.2 });
    cast.speed(agent, { ...METERED, bare: true });
    cast.misses(agent, ['speeding'], 'two-in-the-beam');
  }),
];
