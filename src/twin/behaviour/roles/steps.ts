import { after, stands, type ScriptStep } from '../cast.js';
import type { Agent, Wish } from '../drive.js';

/** Parts of scripts that several roads share: to stand for a while, and to go back some metres. */
export const waits = (seconds: number, wish: Partial<Wish> = {}): ScriptStep[] => [
  { wish: { speed: 0, ...wish }, until: after(seconds) },
];

export const backs = (metres: number, speed: number, wish: Partial<Wish> = {}): ScriptStep[] => {
  let from: number | null = null;
  return [
    { wish: { speed: 0, ...wish }, until: after(1.5) },
    {
      wish: { speed, backwards: true, ...wish },
      until: (me: Agent) => {
        from ??= me.s;
        return me.s <= from - metres;
      },
    },
    { wish: { speed: 0, ...wish }, until: stands },
    { wish: { speed: 0, ...wish }, until: after(1.5) },
  ];
};
