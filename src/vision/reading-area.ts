import type { Box } from './observation.js';

/** Whether the centre of a box lies in an outline (even-odd rule); without an outline it does. */
export function insideArea(box: Box, outline: readonly (readonly [number, number])[] | undefined): boolean {
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
