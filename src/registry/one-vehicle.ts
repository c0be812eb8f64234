import { distance, dot, minus, rightOf, unitOf } from '../sites/geometry.js';
import type { Point } from '../sites/site-schema.js';

/** A vehicle that was lost from sight is back, or with the next camera, within this. */
export const LOST_MS = 15_000;
/** The part of a way, at its end and its start, that says how fast it goes on, ms. */
const TELLING_MS = 3000;
/** Metres by which a place may be wrong: where a vehicle comes into view only a part of it is seen. */
const BLUR = { motorcycle: 3, other: 8 };
/** Metres aside, at once and after longer: a lane is wider. */
const ASIDE = { atOnce: 2, aSecond: 0.5, most: 4 };
/** Metres of a way that has a direction. */
const MOVED = 1;
/** Cosine of the angle up to which two ways go the same way. */
const ALIKE = 0.5;

/** One place of a way: epoch ms, road metres, metres a second. */
export interface Step {
  readonly at: number;
  readonly road: Point;
  readonly speed: number;
}
export interface Way {
  readonly kind: string;
  readonly steps: readonly Step[];
}

/**
 * Whether one vehicle may have gone both ways, the one after the other: the second begins where the first, going on as it
 * went, would be. Two that were on the road at the same time are two.
 */
export function mayBeOne(first: Way, second: Way): boolean {
  const [end, start] = [first.steps.at(-1), second.steps[0]];
  if (end === undefined || start === undefined) return false;
  if ((first.kind === 'motorcycle') !== (second.kind === 'motorcycle')) return false;
  const gap = start.at - end.at;
  if (gap < 0 || gap > LOST_MS) return false;
  const seconds = gap / 1000;
  const blur = first.kind === 'motorcycle' ? BLUR.motorcycle : BLUR.other;
  const between = minus(start.road, end.road);
  const moved = [first, second].map(ends).filter(([from, to]) => distance(from, to) >= MOVED);
  const [onward, other] = moved
    .sort((a, b) => distance(...b) - distance(...a))
    .map(([from, to]) => unitOf(minus(to, from)));
  if (onward === undefined) return distance(start.road, end.road) < blur;
  if (other !== undefined && dot(onward, other) < ALIKE) return false;
  const along = dot(between, onward);
  const aside = Math.abs(dot(between, rightOf(onward)));
  const speeds = [
    ...first.steps.filter((step) => step.at >= end.at - TELLING_MS),
    ...second.steps.filter((step) => step.at <= start.at + TELLING_MS),
  ].map((step) => step.speed);
  return (
    along >= Math.min(...speeds) * seconds - blur &&
    along <= 1.2 * Math.max(...speeds) * seconds + blur &&
    aside <= Math.min(ASIDE.most, ASIDE.atOnce + ASIDE.aSecond * seconds)
  );
}

const ends = ({ steps }: Way): [Point, Point] => [steps[0]!.road, steps.at(-1)!.road];
