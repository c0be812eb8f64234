import type { BodyColour } from '../../../vision/observation.js';
import type { Cast } from '../cast.js';
import type { Agent } from '../drive.js';

const PAINT: Readonly<Record<'police' | 'ambulance' | 'fire', readonly [string, BodyColour]>> = {
  police: ['#e9eaeb', 'white'],
  ambulance: ['#e9eaeb', 'white'],
  fire: ['#a31a1d', 'red'],
};

/** Gives a vehicle the paint and the blue lights of its service, and the device that says so. */
export function onDuty(cast: Cast, agent: Agent, service: keyof typeof PAINT): Agent {
  const [paint, bodyColour] = PAINT[service];
  Object.assign(agent.looks, { roof: 'light-bar', paint, bodyColour });
  cast.code(agent, 'on-duty', { every: 5 });
  return agent;
}
