import type { LampState } from '../../../picture-spec.js';
import { FPS } from '../../simulate.js';

/** The signal's programme, seconds. A cycle begins with green. */
export const GREEN = 14;
export const AMBER = 3;
const RED = 20;
export const CYCLE = GREEN + AMBER + RED;
export const SIGNAL = 'den-chinh';

export const stateAt = (seconds: number): LampState => {
  const t = ((seconds % CYCLE) + CYCLE) % CYCLE;
  return t < GREEN ? 'green' : t < GREEN + AMBER ? 'amber' : 'red';
};
export const programme = (frames: number): Record<string, LampState[]> => ({
  [SIGNAL]: Array.from({ length: frames }, (_, i) => stateAt(i / FPS)),
});

/** Second at which a cycle turns red. */
export const redFrom = (cycle: number): number => cycle * CYCLE + GREEN + AMBER;
