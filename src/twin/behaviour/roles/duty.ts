import type { Cast } from '../cast.js';
import type { Agent } from '../drive.js';

/** Gives a vehicle its blue lights, and the device that says so. */
export function onDuty(cast: Cast, agent: Agent, livery: 'police' | 'ambulance' | 'fire'): Agent {
  Object.assign(agent.looks, { roof: 'light-bar', livery });
  cast.code(agent, 'on-duty', { every: 5 });
  return agent;
}
