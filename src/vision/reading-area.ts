import { overlap } from './boxes.js';
import type { Box } from './observation.js';

/** Corners of an outline, in pixels of the frame. */
export type Outline = readonly (readonly [x: number, y: number])[];

/** Whether the centre of a box lies in an outline (even-odd rule); without an outline it does. */
export function insideArea(box: Box, outline: Outline | undefined): boolean {
  if (!outline) return true;
  const x = (box[0] + box[2]) / 2;
  const y = (box[1] + box[3]) / 2;
  let inside = false;
  outline.forEach(([ax, ay], i) => {
    const [bx, by] = outline[(i + 1) % outline.length]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** Whether anything in a box may lie in an outline: false only where it surely does not. */
export function nearArea(box: Box, outline: Outline | undefined): boolean {
  if (!outline) return true;
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  return overlap(box, [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]) > 0;
}
