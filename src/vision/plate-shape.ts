import type { Box } from './observation.js';

/** Old short plates are 1.4 times as wide as high, new ones twice, one-row plates four times and more. */
const TWO_ROWS_BELOW = 2.7;

/** How many rows a box of this shape holds, for want of a reader's word. */
export function linesByShape(box: Box): 1 | 2 {
  return (box[2] - box[0]) / (box[3] - box[1]) < TWO_ROWS_BELOW ? 2 : 1;
}

/**
 * Pixels a row of characters, by the box alone. A plate of one row that is seen so steeply that it counts as two here has
 * characters as narrow as those of two rows are low, so the figure serves for it as well.
 */
export function rowPxByShape(box: Box): number {
  return (box[3] - box[1]) / linesByShape(box);
}

/**
 * Rows lower than this share of what is accepted are not read. In the twin's clips none under .75 was read right, but a plate
 * of two rows in 14 px should be found.
 */
const LEAST_SHARE = 0.56;
const LEAST_PX = 5;

/** Rows lower than this are not worth a look: `minRowPx` is where the manifest begins to accept. */
export function leastRowPx(minRowPx: number): number {
  return Math.max(LEAST_PX, minRowPx * LEAST_SHARE);
}
