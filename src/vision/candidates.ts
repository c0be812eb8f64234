import { covered } from './boxes.js';
import type { Detection } from './peaks.js';
import { leastRowPx, rowPxByShape } from './plate-shape.js';
import { insideArea, type Outline } from './reading-area.js';

/** From a square plate seen from the side to a long one seen steeply from above. */
const SHAPES = { least: 0.7, most: 8 } as const;
const MOST_A_VEHICLE = 2;
const MOST_STRAY = 6;

/**
 * The plates to read, out of what a detector takes for plates, best first: of a plate's shape, not hopelessly small,
 * within the reading area, at most two a vehicle and a few outside all vehicles. Each read costs as much as a second look.
 */
export function worthReading(
  plates: readonly Detection[],
  vehicles: readonly Detection[],
  minRowPx: number,
  readingArea: Outline | undefined,
): Detection[] {
  const taken = vehicles.map(() => 0);
  let stray = 0;
  return plates.filter(({ box }) => {
    const shape = (box[2] - box[0]) / (box[3] - box[1]);
    if (shape < SHAPES.least || shape > SHAPES.most) return false;
    if (rowPxByShape(box) < leastRowPx(minRowPx)) return false;
    if (!insideArea(box, readingArea)) return false;
    const owners = vehicles.flatMap((one, i) => (covered(box, one.box) > 0.7 ? [i] : []));
    if (owners.length === 0) return stray++ < MOST_STRAY;
    const allowed = owners.some((i) => taken[i]! < MOST_A_VEHICLE);
    if (allowed) owners.forEach((i) => taken[i]!++);
    return allowed;
  });
}
