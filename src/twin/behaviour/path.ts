import type { Point } from '../../sites/site-schema.js';

/** A way on the road: where one is after s metres of it, and which way it leads there. */
export interface Path {
  at(s: number): { readonly point: Point; readonly heading: Point };
}

export const straight = (from: Point, heading: Point): Path => ({
  at: (s) => ({ point: [from[0] + heading[0] * s, from[1] + heading[1] * s], heading }),
});

/** Straight for `before` metres, then a quarter turn of a radius, then straight on. */
export function turning(
  from: Point,
  heading: Point,
  before: number,
  radius: number,
  side: 'left' | 'right',
): Path {
  const sign = side === 'right' ? 1 : -1;
  const aside: Point = [heading[1] * sign, -heading[0] * sign];
  const start: Point = [from[0] + heading[0] * before, from[1] + heading[1] * before];
  const pivot: Point = [start[0] + aside[0] * radius, start[1] + aside[1] * radius];
  const arc = (Math.PI / 2) * radius;
  return {
    at(s) {
      if (s <= before) return { point: [from[0] + heading[0] * s, from[1] + heading[1] * s], heading };
      const angle = Math.min(1, (s - before) / arc) * (Math.PI / 2);
      const on: Point = [
        pivot[0] - aside[0] * radius * Math.cos(angle) + heading[0] * radius * Math.sin(angle),
        pivot[1] - aside[1] * radius * Math.cos(angle) + heading[1] * radius * Math.sin(angle),
      ];
      const leads: Point = [
        heading[0] * Math.cos(angle) + aside[0] * Math.sin(angle),
        heading[1] * Math.cos(angle) + aside[1] * Math.sin(angle),
      ];
      const rest = Math.max(0, s - before - arc);
      return { point: [on[0] + leads[0] * rest, on[1] + leads[1] * rest], heading: leads };
    },
  };
}
