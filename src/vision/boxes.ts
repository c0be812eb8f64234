import type { Box } from './observation.js';

export function area(box: Box): number {
  return Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1]);
}

/** Area that two boxes share. */
export function shared(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Intersection over union, 0 to 1. */
export function overlap(a: Box, b: Box): number {
  const common = shared(a, b);
  return common === 0 ? 0 : common / (area(a) + area(b) - common);
}

/** Share of `inner` that lies in `outer`, 0 to 1. */
export function covered(inner: Box, outer: Box): number {
  const whole = area(inner);
  return whole === 0 ? 0 : shared(inner, outer) / whole;
}

/** Cuts a box to `frame`. */
export function clip(box: Box, frame: Box): Box {
  return [
    Math.min(Math.max(box[0], frame[0]), frame[2]),
    Math.min(Math.max(box[1], frame[1]), frame[3]),
    Math.max(Math.min(box[2], frame[2]), frame[0]),
    Math.max(Math.min(box[3], frame[3]), frame[1]),
  ];
}

/** Widens a box on each side by these shares of its width and height. */
export function widen(box: Box, x: number, y: number = x): Box {
  const dx = (box[2] - box[0]) * x;
  const dy = (box[3] - box[1]) * y;
  return [box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy];
}

/** Keeps the best of boxes that overlap more than `limit`; `found` must be sorted best first. */
export function suppress<T extends { readonly box: Box }>(found: readonly T[], limit: number): T[] {
  const kept: T[] = [];
  for (const one of found) {
    if (kept.every((better) => overlap(better.box, one.box) <= limit)) kept.push(one);
  }
  return kept;
}

/** One digit after the point is finer than any detector sees. */
export function rounded(box: Box): Box {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return [tenth(box[0]), tenth(box[1]), tenth(box[2]), tenth(box[3])];
}
