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
    const { data: heat, dims } = outputs[level.heat]!;
    const distances = outputs[level.box]!.data;
    const [, , rows = 0, columns = 0] = dims;
    const cells = rows * columns;
    entry.classes.forEach((kind, index) => {
      const group = kind === 'plate' ? 4 * cells : 0;
      for (const cell of above(least(kind), heat.subarray(index * cells, (index + 1) * cells))) {
        const x = ((cell % columns) + 0.5) * level.stride;
        const y = (Math.floor(cell / columns) + 0.5) * level.stride;
        const distance = (side: number): number => distances[group + side * cells + cell]!;
        found.push({
          kind,
          score: heat[index * cells + cell]!,
          box: [x - distance(0), y - distance(1), x + distance(2), y + distance(3)],
        });
      }
    });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Indices of the scores that reach a threshold. A loop of its own, because it runs over some 30,000 cells a look. */
function above(threshold: number, scores: Float32Array): number[] {
  const cells: number[] = [];
  for (let i = 0; i < scores.length; i++) if (scores[i]! >= threshold) cells.push(i);
  return cells;
}
