export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Packing {
  readonly width: number;
  readonly height: number;
  /** Top left corner of each rectangle, in the order in which they came. */
  readonly corners: readonly (readonly [left: number, top: number])[];
}

/**
 * Lays rectangles without overlap on the smallest canvas among those of the given widths (wider where a rectangle is).
 * Sizes are counted in whole steps: cells, not pixels.
 */
export function pack(sizes: readonly Size[], widths: readonly number[]): Packing {
  const widest = Math.max(...sizes.map((one) => one.width));
  // The highest first: what follows fits into the gaps beside it.
  const order = sizes.map((_, i) => i).sort((a, b) => sizes[b]!.height - sizes[a]!.height);
  return widths
    .map((width) => packInto(Math.max(widest, width), sizes, order))
    .reduce((a, b) => (b.width * b.height < a.width * a.height ? b : a));
}

/** Each rectangle goes as high up as the ones before it let it, and there as far left. */
function packInto(width: number, sizes: readonly Size[], order: readonly number[]): Packing {
  const floor = new Array<number>(width).fill(0);
  const corners = new Array<readonly [number, number]>(sizes.length);
  for (const i of order) {
    const size = sizes[i]!;
    let best: readonly [left: number, top: number] = [0, Infinity];
    for (let left = 0; left + size.width <= width; left++) {
      const top = Math.max(...floor.slice(left, left + size.width));
      if (top < best[1]) best = [left, top];
    }
    corners[i] = best;
    floor.fill(best[1] + size.height, best[0], best[0] + size.width);
  }
  return { width, height: Math.max(...floor), corners };
}
