import type { Box, VehicleKind } from './observation.js';
import type { DetectorEntry } from './manifest.js';
import type { Outputs } from './session.js';

export interface Detection {
  readonly kind: VehicleKind | 'plate';
  readonly box: Box;
  readonly score: number;
}

/** Where a net's input lies in the frame: frame = net / scale + offset. */
export interface Placement {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Reads the peaks of a detector's answer. The heat is peak-suppressed by the net itself; distances count from the
 * centre of the cell, in pixels of the net's input. Best first, boxes in pixels of the frame.
 */
export function peaksOf(
  outputs: Outputs,
  entry: Pick<DetectorEntry, 'classes' | 'levels'>,
  least: (kind: Detection['kind']) => number,
  at: Placement,
): Detection[] {
  const found: Detection[] = [];
  for (const level of entry.levels) {
    const heat = outputs[level.heat]!;
    const distances = outputs[level.box]!.data;
    const [, , rows = 0, columns = 0] = heat.dims;
    const cells = rows * columns;
    entry.classes.forEach((kind, index) => {
      const threshold = least(kind);
      const group = kind === 'plate' ? 4 * cells : 0;
      for (let cell = 0; cell < cells; cell++) {
        const score = heat.data[index * cells + cell]!;
        if (score < threshold) continue;
        const x = ((cell % columns) + 0.5) * level.stride;
        const y = (Math.floor(cell / columns) + 0.5) * level.stride;
        const distance = (side: number): number => distances[group + side * cells + cell]!;
        found.push({
          kind,
          score,
          box: [
            (x - distance(0)) / at.scale + at.x,
            (y - distance(1)) / at.scale + at.y,
            (x + distance(2)) / at.scale + at.x,
            (y + distance(3)) / at.scale + at.y,
          ],
        });
      }
    });
  }
  return found.sort((a, b) => b.score - a.score);
}
