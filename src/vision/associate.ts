import { covered, widen } from './boxes.js';
import type { Box } from './observation.js';

/** Boxes of vehicles are drawn loosely: a plate may stick out this far and still be theirs. */
const SLACK = 0.04;
const LEAST_INSIDE = 0.75;
/** A plate takes about this share of its vehicle's width, motorcycle or lorry, seen from behind or ahead. */
const USUAL_SHARE = 0.26;

/**
 * Gives each vehicle at most one plate and each plate at most one vehicle; the answer holds, for each vehicle, the
 * index of its plate or -1. Where boxes of several vehicles hold a plate, it goes to the one of fitting size in whose
 * middle it hangs.
 */
export function associate(vehicles: readonly Box[], plates: readonly Box[]): number[] {
  const pairs = vehicles.flatMap((vehicle, v) =>
    plates.flatMap((plate, p) =>
      covered(plate, widen(vehicle, SLACK)) >= LEAST_INSIDE ? [{ v, p, cost: misfit(vehicle, plate) }] : [],
    ),
  );
  pairs.sort((a, b) => a.cost - b.cost);
  const plateOf = vehicles.map(() => -1);
  const taken = new Set<number>();
  for (const { v, p } of pairs) {
    if (plateOf[v] !== -1 || taken.has(p)) continue;
    plateOf[v] = p;
    taken.add(p);
  }
  return plateOf;
}

function misfit(vehicle: Box, plate: Box): number {
  const width = Math.max(1, vehicle[2] - vehicle[0]);
  const share = Math.max(1, plate[2] - plate[0]) / width;
  const aside = Math.abs((plate[0] + plate[2]) / 2 - (vehicle[0] + vehicle[2]) / 2) / width;
  return Math.abs(Math.log(share / USUAL_SHARE)) + aside;
}
