import type { Box, VehicleKind } from './observation.js';
import type { DetectorEntry } from './manifest.js';
import type { Outputs } from './session.js';

export interface Detection {
  readonly kind: VehicleKind | 'plate';
  readonly box: Box;
  readonly score: number;
}

/**
 * Reads the peaks of a detector's answer. The heat is peak-suppressed by the net itself; distances count from the
 * centre of the cell, in pixels of the net's input, and so are the boxes. Best first.
 */
export function peaksOf(
  outputs: Outputs,
  entry: Pick<DetectorEntry, 'classes' | 'levels'>,
  least: (kind: Detection['kind']) => number,
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
          box: [x - distance(0), y - distance(1), x + distance(2), y + distance(3)],
        });
      }
    });
  }
  return found.sort((a, b) => b.score - a.score);
}
