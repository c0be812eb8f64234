import classify from 'robust-point-in-polygon';
import type { Lane, Point, SiteVersion, Zone } from './site-schema.js';

/** The edge counts as inside. */
export const inside = (polygon: readonly Point[], at: Point): boolean => classify(polygon, at) <= 0;

/** The first lane that holds the place; null between and beyond lanes. */
export const laneAt = (site: SiteVersion, at: Point): Lane | null =>
  site.lanes.find((lane) => inside(lane.area, at)) ?? null;

export const zonesAt = (site: SiteVersion, kind: Zone['kind'], at: Point): Zone[] =>
  site.zones.filter((zone) => zone.kind === kind && zone.area.length > 2 && inside(zone.area, at));

export const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1];
export const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
/** A quarter turn to the right. */
export const rightOf = (direction: Point): Point => [direction[1], -direction[0]];
export function unitOf(v: Point): Point {
  const length = Math.hypot(v[0], v[1]);
  return length === 0 ? [0, 0] : [v[0] / length, v[1] / length];
}

/** Metres to the nearest edge of a polygon: positive inside, negative outside. */
export function depthInside(polygon: readonly Point[], at: Point): number {
  let nearest = Infinity;
  for (let i = 0; i < polygon.length; i++) {
    nearest = Math.min(nearest, toSegment(at, polygon[i]!, polygon[(i + 1) % polygon.length]!));
  }
  return inside(polygon, at) ? nearest : -nearest;
}

function toSegment(at: Point, a: Point, b: Point): number {
  const along = minus(b, a);
  const length2 = dot(along, along);
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, dot(minus(at, a), along) / length2));
  return distance(at, [a[0] + t * along[0], a[1] + t * along[1]]);
}

/**
 * Where a place lies to a line from a to b: `along` metres from a, and `aside` metres to its right (negative: left).
 */
export function toLine(a: Point, b: Point, at: Point): { along: number; aside: number; length: number } {
  const way = unitOf(minus(b, a));
  const from = minus(at, a);
  return { along: dot(from, way), aside: dot(from, rightOf(way)), length: distance(a, b) };
}

/** Where the way from p to q crosses the line from a to b, as a share of the way; null where it does not. */
export function crossing(a: Point, b: Point, p: Point, q: Point): number | null {
  const before = toLine(a, b, p);
  const after = toLine(a, b, q);
  if (before.aside === after.aside || before.aside * after.aside > 0) return null;
  const share = before.aside / (before.aside - after.aside);
  const along = before.along + share * (after.along - before.along);
  return along >= 0 && along <= before.length ? share : null;
}
