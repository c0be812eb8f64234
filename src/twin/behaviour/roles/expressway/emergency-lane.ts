import { onDuty } from '../duty.js';
import { CALM } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { dips, flows, inEmergency } from './dips.js';
import { breaksDown, BROKEN, calmly, comes, EMERGENCY, LANE, passes } from './road.js';

export const emergencyLane: readonly Role[] = [
  breaks('emergency-lane', 'drives-emergency-lane', (cast, planner) => {
    const r = cast.random;
    const speed = r.between(12, 25);
    const agent = calmly(cast, planner, {
      kind: r.pick(['car', 'car', 'bus', 'truck'] as const),
      lane: 'emergency',
      speed: Math.min(speed, 21),
    });
    cast.violates(agent, 'emergency-lane', 'drives-emergency-lane', inEmergency(35, 999));
  }),
  breaks('emergency-lane', 'undertakes', (cast, planner) => {
    const speed = cast.random.between(20, 26);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.emergency, at: 0, speed },
      { lane: CALM, at: 0, speed },
    ]);
    const agent = comes(cast, {
      speed,
      enters,
      driver: dips(cast.random.between(95, 115), cast.random.between(-60, 10), speed, EMERGENCY),
    });
    cast.violates(agent, 'emergency-lane', 'undertakes', inEmergency(35, 999));
  }),
  nearly('emergency-lane', 'wheels-on-the-edge-line', (cast, planner) => {
    const speed = cast.random.between(20, 25);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.emergency, at: 0, speed },
    ]);
    const agent = comes(cast, {
      speed,
      enters,
      driver: dips(110, -110, speed, cast.random.between(0.9, 1.25)),
    });
    cast.misses(agent, ['emergency-lane'], 'wheels-on-the-edge-line');
  }),
  nearly(['emergency-lane', 'wrong-lane'], 'pushed-aside-by-an-obstacle', (cast, planner) => {
    const r = cast.random;
    const speed = r.between(13, 17);
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 62 },
      { lane: LANE.emergency, from: 0, to: 62 },
      { lane: CALM, from: 0, to: 62 },
    ]);
    const y = r.between(32, 48);
    const kind = r.pick(['car', 'truck'] as const);
    breaksDown(cast, { kind, speed: 20, enters, y, seconds: 30, onward: 22, reportedBelow: 3, name: BROKEN });
    for (const later of [13, 19]) {
      const agent = comes(cast, {
        speed,
        enters: enters + later,
        driver: dips(y + 66, y - 24, speed, EMERGENCY),
      });
      cast.misses(agent, ['emergency-lane', 'stopping'], 'pushed-aside-by-an-obstacle', flows);
    }
  }),
  nearly('emergency-lane', 'ambulance-on-duty', (cast, planner) => {
    const speed = cast.random.between(18, 26);
    const agent = onDuty(
      cast,
      passes(cast, planner, {
        style: 'van',
        lane: 'emergency',
        speed,
        driver: () => ({ speed, beacon: true }),
      }),
      'ambulance',
    );
    cast.misses(agent, ['emergency-lane'], 'ambulance-on-duty');
  }),
  nearly('emergency-lane', 'short-dip', (cast, planner) => {
    const speed = cast.random.between(19, 24);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.emergency, at: 0, speed },
    ]);
    const agent = comes(cast, { speed, enters, driver: dips(60, 42, speed, 2.4) });
    cast.misses(agent, ['emergency-lane'], 'short-dip', inEmergency(0, 19));
  }),
  nearly(['emergency-lane', 'forbidden-class', 'wrong-lane'], 'bicycle-on-the-shoulder', (cast, planner) => {
    const speed = cast.random.between(5, 7);
    const agent = passes(cast, planner, { kind: 'bicycle', lane: 'emergency', speed });
    cast.misses(agent, ['emergency-lane', 'forbidden-class'], 'bicycle-on-the-shoulder');
  }),
];
