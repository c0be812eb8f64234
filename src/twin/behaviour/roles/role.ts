import type { Cast } from '../cast.js';
import type { Planner } from '../planner.js';

/** A script for one or a few vehicles: it finds its time in the plan and adds them to the cast. */
export interface Role {
  readonly name: string;
  /** The rule that it breaks, or that it nearly breaks. */
  readonly rules: readonly string[];
  readonly violation: boolean;
  /** `hours`: only in clips of the site's restricted hours; `free`: only outside them. */
  readonly when?: 'hours' | 'free';
  readonly play: (cast: Cast, planner: Planner) => void;
}

export const breaks = (rule: string, name: string, play: Role['play'], when?: Role['when']): Role => ({
  name,
  rules: [rule],
  violation: true,
  play,
  ...(when === undefined ? {} : { when }),
});
export const nearly = (
  rules: string | readonly string[],
  name: string,
  play: Role['play'],
  when?: Role['when'],
): Role => ({
  name,
  rules: typeof rules === 'string' ? [rules] : rules,
  violation: false,
  play,
  ...(when === undefined ? {} : { when }),
});
